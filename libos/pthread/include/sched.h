/* SPDX-License-Identifier: MIT */
/* POSIX's scheduling, and Linux's CPU sets: CPU n is the n-th of the enclave. */
#ifndef SKELLIG_SCHED_H
#define SKELLIG_SCHED_H

#include <stddef.h>
#include <sys/cdefs.h>
#include <sys/sched.h>
#include <sys/types.h>

#define SCHED_BATCH 3
#define SCHED_IDLE 5

#define CPU_SETSIZE 1024
#define __NCPUBITS 64
typedef unsigned long __cpu_mask;
typedef struct {
	__cpu_mask __bits[CPU_SETSIZE / __NCPUBITS];
} cpu_set_t;

#ifdef __cplusplus
extern "C" {
#endif

int sched_yield(void);
int sched_getcpu(void);
int sched_get_priority_max(int);
int sched_get_priority_min(int);
int sched_getscheduler(pid_t);
int sched_setscheduler(pid_t, int, const struct sched_param *);
int sched_getparam(pid_t, struct sched_param *);
int sched_setparam(pid_t, const struct sched_param *);
int sched_rr_get_interval(pid_t, struct timespec *);
/* The calling thread (0) or that of gettid(). */
int sched_setaffinity(pid_t, size_t, const cpu_set_t *);
int sched_getaffinity(pid_t, size_t, cpu_set_t *);

int __skl_cpu_count(size_t, const cpu_set_t *);
cpu_set_t *__skl_cpu_alloc(size_t);
void __skl_cpu_free(cpu_set_t *);

#ifdef __cplusplus
}
#endif

#define CPU_ALLOC_SIZE(count) ((((count) + __NCPUBITS - 1) / __NCPUBITS) * sizeof(__cpu_mask))
#define CPU_ALLOC(count) __skl_cpu_alloc(count)
#define CPU_FREE(set) __skl_cpu_free(set)

#define __CPU_WORDS(size) ((size) / sizeof(__cpu_mask))
#define __CPU_BIT(cpu, size, set, op) \
	__extension__({ \
		size_t __cpu = (cpu); \
		__cpu / 8 < (size) ? (((__cpu_mask *)(set)->__bits)[__cpu / __NCPUBITS] op((__cpu_mask)1 << (__cpu % __NCPUBITS))) : 0; \
	})
#define CPU_SET_S(cpu, size, set) ((void)__CPU_BIT(cpu, size, set, |=))
#define CPU_CLR_S(cpu, size, set) ((void)__CPU_BIT(cpu, size, set, &= ~))
#define CPU_ISSET_S(cpu, size, set) (__CPU_BIT(cpu, size, set, &) != 0)
#define CPU_ZERO_S(size, set) ((void)__builtin_memset((set), 0, (size)))
#define CPU_COUNT_S(size, set) __skl_cpu_count((size), (set))
#define CPU_EQUAL_S(size, left, right) (__builtin_memcmp((left), (right), (size)) == 0)
#define __CPU_OP_S(size, result, left, right, op) \
	__extension__({ \
		for (size_t __word = 0; __word < __CPU_WORDS(size); __word++) \
			((__cpu_mask *)(result)->__bits)[__word] = \
				((const __cpu_mask *)(left)->__bits)[__word] op((const __cpu_mask *)(right)->__bits)[__word]; \
		(result); \
	})
#define CPU_AND_S(size, result, left, right) __CPU_OP_S(size, result, left, right, &)
#define CPU_OR_S(size, result, left, right) __CPU_OP_S(size, result, left, right, |)
#define CPU_XOR_S(size, result, left, right) __CPU_OP_S(size, result, left, right, ^)

#define CPU_SET(cpu, set) CPU_SET_S(cpu, sizeof(cpu_set_t), set)
#define CPU_CLR(cpu, set) CPU_CLR_S(cpu, sizeof(cpu_set_t), set)
#define CPU_ISSET(cpu, set) CPU_ISSET_S(cpu, sizeof(cpu_set_t), set)
#define CPU_ZERO(set) CPU_ZERO_S(sizeof(cpu_set_t), set)
#define CPU_COUNT(set) CPU_COUNT_S(sizeof(cpu_set_t), set)
#define CPU_EQUAL(left, right) CPU_EQUAL_S(sizeof(cpu_set_t), left, right)
#define CPU_AND(result, left, right) CPU_AND_S(sizeof(cpu_set_t), result, left, right)
#define CPU_OR(result, left, right) CPU_OR_S(sizeof(cpu_set_t), result, left, right)
#define CPU_XOR(result, left, right) CPU_XOR_S(sizeof(cpu_set_t), result, left, right)

#endif
