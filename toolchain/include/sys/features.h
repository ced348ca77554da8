/* SPDX-License-Identifier: MIT */
/*
 * Adds to newlib's features what an isle has. newlib itself is built with it, so it decides the layout of its structures:
 * a change here needs newlib rebuilt (toolchain/build notices).
 */
#ifndef SKELLIG_SYS_FEATURES_H
#define SKELLIG_SYS_FEATURES_H

#include_next <sys/features.h>

#define __DYNAMIC_REENT__ 1 /* each thread finds its errno and stdio by __getreent() */

#define _POSIX_TIMERS 1
#define _POSIX_MONOTONIC_CLOCK 200112L
#define _POSIX_CLOCK_SELECTION 200112L

#define _POSIX_THREADS 200809L
#define _POSIX_THREAD_ATTR_STACKADDR 200809L
#define _POSIX_THREAD_ATTR_STACKSIZE 200809L
#define _POSIX_THREAD_SAFE_FUNCTIONS 200809L
#define _POSIX_TIMEOUTS 200809L
#define _POSIX_BARRIERS 200809L
#define _POSIX_SPIN_LOCKS 200809L
#define _POSIX_READER_WRITER_LOCKS 200809L
#define _POSIX_SEMAPHORES 200809L
#define _UNIX98_THREAD_MUTEX_ATTRIBUTES 1
#define GTHREAD_USE_WEAK 0 /* libgcc and libstdc++: pthreads are always there */
#define _GLIBCXX_GTHREAD_USE_WEAK 0

#define __LINUX_ERRNO_EXTENSIONS__ 1
#define _POSIX_CPUTIME 1
#define _POSIX_THREAD_CPUTIME 1

/* struct tm says where its time is from, as on Linux. */
#define __TM_GMTOFF tm_gmtoff
#define __TM_ZONE tm_zone

/* read() and write() count in 64 bits; newlib's default is int. */
#define _READ_WRITE_RETURN_TYPE _ssize_t
#define _READ_WRITE_BUFSIZE_TYPE __size_t

#define __BUFSIZ__ 8192 /* as on Linux; each refill is a forwarded call */

/* As on Linux; with newlib's 64, FD_SET would write past the end for ordinary descriptors. */
#ifndef FD_SETSIZE
#define FD_SETSIZE 1024
#endif

#endif
