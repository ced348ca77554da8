/* SPDX-License-Identifier: MIT */
/* Sleeping on a word of memory: what locks, conditions and semaphores are made of. The fast path is the caller's own atomics. */
#ifndef SKELLIG_KERNEL_FUTEX_H
#define SKELLIG_KERNEL_FUTEX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum skl_futex_answer {
	SKL_FUTEX_WOKEN,       /* by skl_futex_wake(), perhaps for a reason that has passed by now */
	SKL_FUTEX_CHANGED,     /* the word was not `expected` */
	SKL_FUTEX_TIMEOUT,     /* CLOCK_MONOTONIC has reached `deadline` (nanoseconds; UINT64_MAX: none) */
	SKL_FUTEX_INTERRUPTED, /* skl_thread_interrupt(), or skl_signals_waiting() */
};
enum skl_futex_answer skl_futex_wait(const uint32_t *word, uint32_t expected, uint64_t deadline);

/* Wakes up to `count` threads that sleep on the word, the longest first. Returns how many. */
uint32_t skl_futex_wake(const uint32_t *word, uint32_t count);

#ifdef __cplusplus
}
#endif

#endif
