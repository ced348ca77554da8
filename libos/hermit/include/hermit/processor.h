/* SPDX-License-Identifier: MIT */
/* What a program can ask of the processor without privileges. */
#ifndef SKELLIG_HERMIT_PROCESSOR_H
#define SKELLIG_HERMIT_PROCESSOR_H

#include <hermit/stddef.h>
#include <hermit/syscall.h>

#define PAUSE __asm__ volatile("pause")
#define NOP1 __asm__ volatile("nop")

static __inline__ uint64_t rdtsc(void)
{
	return __builtin_ia32_rdtsc();
}

/* Not before what stands before it, and before what stands behind it. */
static __inline__ uint64_t get_rdtsc(void)
{
	uint64_t ticks;

	__builtin_ia32_lfence();
	ticks = __builtin_ia32_rdtsc();
	__builtin_ia32_lfence();
	return ticks;
}

/* Of the time-stamp counter, in MHz. */
static __inline__ uint32_t get_cpu_frequency(void)
{
	return get_cpufreq();
}

/* Keeps the CPU. */
static __inline__ void udelay(uint32_t microseconds)
{
	uint64_t begin = rdtsc(), ticks = (uint64_t)microseconds * get_cpu_frequency();

	while (rdtsc() - begin < ticks)
		PAUSE;
}

static __inline__ void mb(void)
{
	__builtin_ia32_mfence();
}

static __inline__ void rmb(void)
{
	__builtin_ia32_lfence();
}

static __inline__ void wmb(void)
{
	__builtin_ia32_sfence();
}

/* Number of the lowest and of the highest bit that is set; of 0: 64. */
static __inline__ size_t lsb(size_t word)
{
	return word ? (size_t)__builtin_ctzl(word) : 64;
}

static __inline__ size_t msb(size_t word)
{
	return word ? 63 - (size_t)__builtin_clzl(word) : 64;
}

#endif
