/* SPDX-License-Identifier: MIT */
/* POSIX semaphores of one process. Named ones live in the isle alone: nobody else can open them. */
#ifndef SKELLIG_SEMAPHORE_H
#define SKELLIG_SEMAPHORE_H

#include <sys/types.h>
#include <time.h>

#define SEM_FAILED ((sem_t *)0)
#define SEM_VALUE_MAX 0x7fffffff

typedef union {
	struct {
		unsigned int __value;
		unsigned int __waiters;
	} __fields;
	unsigned long __both;
	long __size[4];
} sem_t;

#ifdef __cplusplus
extern "C" {
#endif

int sem_init(sem_t *, int, unsigned int);
int sem_destroy(sem_t *);
int sem_post(sem_t *);
int sem_wait(sem_t *);
int sem_trywait(sem_t *);
int sem_timedwait(sem_t *__restrict, const struct timespec *__restrict);
int sem_clockwait(sem_t *__restrict, clockid_t, const struct timespec *__restrict);
int sem_getvalue(sem_t *__restrict, int *__restrict);
sem_t *sem_open(const char *, int, ...);
int sem_close(sem_t *);
int sem_unlink(const char *);

#ifdef __cplusplus
}
#endif

#endif
