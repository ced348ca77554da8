/* SPDX-License-Identifier: MIT */
/* The clock of these benches: under -icount the TSC counts the instructions of all CPUs together. */
#ifndef SKELLIG_BENCH_TSC_H
#define SKELLIG_BENCH_TSC_H

#include <stdint.h>

static inline uint64_t tsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

/* Three instructions a round. Each `pause` lets QEMU go on with the other CPU. */
static inline void pause_rounds(uint64_t rounds)
{
	if (rounds)
		__asm__ volatile("1: pause; dec %0; jnz 1b" : "+r"(rounds) : : "cc", "memory");
}

#endif
