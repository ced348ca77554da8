/* SPDX-License-Identifier: MIT */
/*
 * The interface of HermitCore's kernel: functions, and the same by number through the `syscall` instruction. What returns an int, an
 * ssize_t or an off_t answers errors as negative values of <errno.h>; errno stays as it was.
 */
#ifndef SKELLIG_HERMIT_SYSCALL_H
#define SKELLIG_HERMIT_SYSCALL_H

#include <hermit/semaphore_types.h>
#include <hermit/spinlock_types.h>
#include <hermit/tasks_types.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>
#include <ucontext.h>

#ifndef NORETURN
#define NORETURN __attribute__((noreturn))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*signal_handler_t)(int);

/* Tasks are threads, and these their numbers; the main thread's is the process's. */
tid_t sys_getpid(void);
int sys_getprio(tid_t *id); /* null: the caller's; -EINVAL: another one's */
int sys_setprio(tid_t *id, int prio); /* -ENOSYS */
int sys_clone(tid_t *id, void *entry, void *argument); /* entry(argument) as a thread; *id is there before it runs */
void sys_yield(void);
void sys_msleep(unsigned int milliseconds);
size_t sys_get_ticks(void); /* TIMER_FREQ of them in a second */
void sys_exit(int status) NORETURN; /* of the program; nothing is flushed */
int sys_fork(void); /* these three: -ENOSYS */
int sys_wait(int *status);
int sys_execve(const char *name, char *const *arguments, char *const *environment);

ssize_t sys_read(int fd, char *buffer, size_t size);
ssize_t sys_write(int fd, const char *buffer, size_t size);
off_t sys_lseek(int fd, off_t offset, int whence);
int sys_open(const char *name, int flags, int mode);
int sys_close(int fd);
ssize_t sys_sbrk(ssize_t increment); /* the old end of the heap, or -ENOMEM */

/* Time-outs are in milliseconds, none: 0; they end with -ETIME. A signal handler does not end the wait. */
int sys_sem_init(sem_t **semaphore, unsigned int value);
int sys_sem_destroy(sem_t *semaphore);
int sys_sem_wait(sem_t *semaphore);
int sys_sem_post(sem_t *semaphore);
int sys_sem_timedwait(sem_t *semaphore, unsigned int milliseconds);
int sys_sem_cancelablewait(sem_t *semaphore, unsigned int milliseconds); /* a cancellation point, which the others are not */

/* Whoever has it may take it again, and gives it back as often. -EINVAL: null, or the caller does not have it. */
int sys_spinlock_init(spinlock_t **lock);
int sys_spinlock_destroy(spinlock_t *lock);
int sys_spinlock_lock(spinlock_t *lock);
int sys_spinlock_unlock(spinlock_t *lock);

/*
 * One handler for all signals that sys_kill() sends to the calling thread; null: none. Where there is none, one of signal() or
 * sigaction() is called, and otherwise nothing happens. -ENOENT: no such thread. -EINVAL: no such signal, 0 to MAX_SIGNALS - 1.
 */
int sys_signal(signal_handler_t handler);
int sys_kill(tid_t thread, int signal);

/* Not there yet: -ENOSYS. */
int sys_rcce_init(int session);
size_t sys_rcce_malloc(int session, int ue);
int sys_rcce_fini(int session);

int isle_id(void); /* its NUMA node; in a virtual machine -1 */
unsigned int get_cpufreq(void); /* of the time-stamp counter, in MHz */

/* newlib's locks over the heap and the environment; whoever has one may take it again. */
void __sys_malloc_lock(void);
void __sys_malloc_unlock(void);
void __sys_env_lock(void);
void __sys_env_unlock(void);

#define __NR_exit 0
#define __NR_write 1
#define __NR_open 2
#define __NR_close 3
#define __NR_read 4
#define __NR_lseek 5
#define __NR_unlink 6
#define __NR_getpid 7
#define __NR_kill 8
#define __NR_fstat 9
#define __NR_sbrk 10
#define __NR_fork 11
#define __NR_wait 12
#define __NR_execve 13
#define __NR_times 14
#define __NR_stat 15
#define __NR_dup 16
#define __NR_dup2 17
#define __NR_msleep 18
#define __NR_yield 19
#define __NR_sem_init 20
#define __NR_sem_destroy 21
#define __NR_sem_wait 22
#define __NR_sem_post 23
#define __NR_sem_timedwait 24
#define __NR_getprio 25
#define __NR_setprio 26
#define __NR_clone 27
#define __NR_sem_cancelablewait 28
#define __NR_get_ticks 29

/* Links what serves these numbers, where this header is included. */
extern const char skl_hermit_calls;
static const char *const skl_hermit_calls_used __attribute__((used)) = &skl_hermit_calls;

/* A `syscall` instruction is Linux's, unless the upper half of rax says that the number is one of these. */
#define HERMIT_CALL (0x4843ul << 32)

static __inline__ long hermit_syscall(int number, unsigned long first, unsigned long second, unsigned long third)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(HERMIT_CALL | (unsigned int)number), "D"(first), "S"(second), "d"(third)
			 : "rcx", "r11", "memory");
	return result;
}

/* HermitCore's name for it. In a file that includes <sys/syscall.h> as well, it is Linux's function. */
#ifndef SKELLIG_SYS_SYSCALL_H
#define syscall(...) hermit_syscall(__VA_ARGS__)
#endif

#define SYSCALL0(number) hermit_syscall(number, 0, 0, 0)
#define SYSCALL1(number, first) hermit_syscall(number, (unsigned long)(first), 0, 0)
#define SYSCALL2(number, first, second) hermit_syscall(number, (unsigned long)(first), (unsigned long)(second), 0)
#define SYSCALL3(number, first, second, third) \
	hermit_syscall(number, (unsigned long)(first), (unsigned long)(second), (unsigned long)(third))

#ifdef __cplusplus
}
#endif

#endif
