/* SPDX-License-Identifier: MIT */
/* newlib's <sched.h>, plus what it declares only where all of POSIX's scheduling is there. */
#ifndef SKELLIG_SCHED_H
#define SKELLIG_SCHED_H

#include_next <sched.h>

#ifdef __cplusplus
extern "C" {
#endif
int sched_yield(void);
#ifdef __cplusplus
}
#endif

#endif
