/* SPDX-License-Identifier: MIT */
/* The isle's <sys/syscall.h> under the other names that Linux has, for LLVM's OpenMP runtime. */
#include_next <sys/syscall.h>

#define __NR_gettid SYS_gettid
#define __NR_futex SYS_futex
#define __NR_sched_setaffinity SYS_sched_setaffinity
#define __NR_sched_getaffinity SYS_sched_getaffinity
