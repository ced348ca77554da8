/* SPDX-License-Identifier: MIT */
/* The types of C11's <threads.h>: POSIX's under other names. */
#ifndef _MACHINE__THREADS_H_
#define _MACHINE__THREADS_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#ifndef __requires_exclusive
#define __requires_exclusive(x)
#define __requires_unlocked(x)
#define __locks_exclusive(x)
#define __trylocks_exclusive(x, y)
#define __unlocks(x)
#endif

typedef pthread_cond_t cnd_t;
typedef pthread_mutex_t mtx_t;
typedef pthread_t thrd_t;
typedef pthread_key_t tss_t;
typedef pthread_once_t once_flag;

#define ONCE_FLAG_INIT 0
#define TSS_DTOR_ITERATIONS 4

#endif
