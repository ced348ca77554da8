/* SPDX-License-Identifier: MIT */
/* What a started CPU gets in rdi; cpus.c asserts the offsets. */
#ifndef JOB_H
#define JOB_H

#define JOB_CODE 0
#define JOB_STACK 8
#define JOB_INDEX 16
#define JOB_MASKED 24
#define JOB_THREAD 32
#define PERCPU_MASKED 0
#define PERCPU_INDEX 24

#ifndef __ASSEMBLER__
#include <stdint.h>

struct job {
	void (*code)(struct job *own);	  /* must not return: nobody has called it */
	volatile uint64_t stack;	  /* rsp on arrival */
	volatile uint64_t index;	  /* the CPU that it is, by its own page */
	volatile uint64_t masked;	  /* whether upcalls were */
	volatile uint64_t thread;	  /* FS base: 0, so the code runs without a thread of the library kernel */
	uint64_t cpu;			  /* the CPU that it should be */
	uint64_t seed;
	volatile uint64_t computed;	  /* what came of the seed */
	volatile int64_t passed_on;	  /* what the monitor said when this CPU started the next one */
	volatile uint64_t met;		  /* rounds that all CPUs have gone through together */
	volatile uint64_t woken;	  /* kicks that ended a sleep */
	volatile uint64_t counter;	  /* moves for as long as the CPU runs */
};

void job_entry(void); /* job.S */
#endif

#endif
