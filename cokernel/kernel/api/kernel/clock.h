/* SPDX-License-Identifier: MIT */
/* Clocks and sleeping, without leaving ring 3 for the former. Nanoseconds throughout. */
#ifndef SKELLIG_KERNEL_CLOCK_H
#define SKELLIG_KERNEL_CLOCK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint64_t skl_clock_realtime(void);  /* as Linux's CLOCK_REALTIME, NTP included */
uint64_t skl_clock_monotonic(void); /* as Linux's CLOCK_MONOTONIC */
uint64_t skl_clock_resolution(void);
uint64_t skl_clock_khz(void); /* of the time-stamp counter */
uint64_t skl_clock_cpu(void);	    /* time this isle has computed on all its CPUs, waiting excluded */
struct skl_thread;
uint64_t skl_clock_thread(const struct skl_thread *thread); /* the same of one thread (null: the calling one), up to its last turn */

/* Sleeps until CLOCK_MONOTONIC has reached `deadline`. */
void skl_sleep_until(uint64_t deadline);

#ifdef __cplusplus
}
#endif

#endif
