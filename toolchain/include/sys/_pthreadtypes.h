/* SPDX-License-Identifier: MIT */
/*
 * POSIX's thread types, in place of newlib's, which are 32-bit handles that are invalid when zeroed. Sizes are those of Linux on x86-64,
 * and all bytes zero is the initial state of each object. Fields belong to libos/pthread.
 */
#ifndef _SYS__PTHREADTYPES_H_
#define _SYS__PTHREADTYPES_H_

#include <stddef.h>
#include <sys/sched.h>

typedef unsigned long pthread_t; /* 0 is no thread */
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
typedef volatile int pthread_spinlock_t;

typedef union {
	struct {
		void *__stack; /* lowest address, 0: to be allocated */
		size_t __stack_size, __guard_size;
		void *__cpus; /* a cpu_set_t, 0: any */
		unsigned char __detached, __explicit, __policy, __limited;
		int __priority;
	} __fields;
	long __size[7];
} pthread_attr_t;

typedef union {
	struct {
		unsigned int __state; /* 0 free, 1 taken, 2 taken and somebody may wait */
		unsigned int __owner; /* thread number + 1 */
		unsigned int __depth;
		int __type;
	} __fields;
	long __size[5];
} pthread_mutex_t;

typedef union {
	int __fields[1]; /* type */
	int __size;
} pthread_mutexattr_t;

typedef union {
	struct {
		unsigned int __sequence;
		unsigned int __waiters;
		int __clock;
	} __fields;
	long __size[6];
} pthread_cond_t;

typedef union {
	int __fields[1]; /* clock */
	int __size;
} pthread_condattr_t;

typedef union {
	struct {
		unsigned int __state; /* readers, or ~0: a writer */
		unsigned int __sequence;
		unsigned int __waiting, __reserved;
		unsigned int __owner;
	} __fields;
	long __size[7];
} pthread_rwlock_t;

typedef union {
	int __fields[1]; /* PTHREAD_RWLOCK_PREFER_* */
	long __size;
} pthread_rwlockattr_t;

typedef union {
	struct {
		unsigned int __count, __arrived, __generation, __leaving;
	} __fields;
	long __size[4];
} pthread_barrier_t;

typedef union {
	int __fields[1];
	int __size;
} pthread_barrierattr_t;

#endif
