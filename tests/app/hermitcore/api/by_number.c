// SPDX-License-Identifier: MIT
// The inline syscall() of <hermit/syscall.h>: each number, registers kept, from threads, and calls that block.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <hermit/syscall.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <unistd.h> // declares Linux's syscall()

#define THREADS 4
#define CALLS 500

static sem_t *go, *done;
static int pipe_ends[2];
static volatile int handled, alarms;

static void files(void)
{
	char text[8] = "";
	struct stat status;
	long fd = SYSCALL3(__NR_open, "number.txt", O_CREAT | O_RDWR, 0600), copy;

	check("open and write", fd >= 0 && SYSCALL3(__NR_write, fd, "number", 6) == 6);
	check("seek", SYSCALL3(__NR_lseek, fd, 2, SEEK_SET) == 2);
	check("read", SYSCALL3(__NR_read, fd, text, 8) == 4 && memcmp(text, "mber", 4) == 0);
	check("fstat", SYSCALL2(__NR_fstat, fd, &status) == 0 && status.st_size == 6);
	memset(&status, 0, sizeof status);
	check("stat", SYSCALL2(__NR_stat, "number.txt", &status) == 0 && status.st_size == 6);
	copy = SYSCALL1(__NR_dup, fd);
	check("dup and dup2", copy > fd && SYSCALL2(__NR_dup2, fd, copy) == copy);
	check("close", SYSCALL1(__NR_close, copy) == 0 && SYSCALL1(__NR_close, fd) == 0 && SYSCALL1(__NR_close, fd) == -EBADF);
	check("unlink", SYSCALL1(__NR_unlink, "number.txt") == 0 && SYSCALL1(__NR_unlink, "number.txt") == -ENOENT);
}

static void handler(int signal)
{
	handled = signal;
}

static void tell(void *semaphore)
{
	SYSCALL1(__NR_sem_post, semaphore);
}

static void tasks(void)
{
	struct tms used;
	tid_t id = 0, mine = (tid_t)SYSCALL0(__NR_getpid);
	long begin = SYSCALL0(__NR_get_ticks);

	check("getpid", mine == sys_getpid());
	check("clone", SYSCALL3(__NR_clone, &id, tell, done) == 0 && id != 0 && SYSCALL1(__NR_sem_wait, done) == 0);
	check("getprio and setprio", SYSCALL1(__NR_getprio, &mine) == NORMAL_PRIO && SYSCALL2(__NR_setprio, &mine, 1) == -ENOSYS);
	check("yield", SYSCALL0(__NR_yield) == 0);
	check("msleep and get_ticks", SYSCALL1(__NR_msleep, 50) == 0 && SYSCALL0(__NR_get_ticks) - begin >= 4);
	check("times", SYSCALL1(__NR_times, &used) != -1);
	sys_signal(handler);
	check("kill", SYSCALL2(__NR_kill, mine, 3) == 0 && handled == 3);
	check("sbrk", (void *)SYSCALL1(__NR_sbrk, 0) == (void *)sys_sbrk(0));
	check("fork and wait", SYSCALL0(__NR_fork) == -ENOSYS && SYSCALL1(__NR_wait, NULL) == -ENOSYS);
	check("execve", SYSCALL3(__NR_execve, NULL, NULL, NULL) == -ENOSYS);
}

static void semaphores(void)
{
	sem_t *semaphore = NULL;

	check("sem_init", SYSCALL2(__NR_sem_init, &semaphore, 1) == 0 && semaphore);
	check("sem_wait", SYSCALL1(__NR_sem_wait, semaphore) == 0);
	check("sem_timedwait", SYSCALL2(__NR_sem_timedwait, semaphore, 5) == -ETIME);
	check("sem_cancelablewait", SYSCALL2(__NR_sem_cancelablewait, semaphore, 5) == -ETIME);
	check("sem_post", SYSCALL1(__NR_sem_post, semaphore) == 0 && SYSCALL2(__NR_sem_timedwait, semaphore, 5) == 0);
	check("sem_destroy", SYSCALL1(__NR_sem_destroy, semaphore) == 0 && SYSCALL1(__NR_sem_destroy, NULL) == -EINVAL);
}

static void numbers(void)
{
	double kept = 2.5;
	long marker = 0x1234, result;

	__asm__ volatile("syscall" : "=a"(result), "+x"(kept), "+b"(marker) : "a"(HERMIT_CALL | __NR_getpid) : "rcx", "r11", "memory");
	check("other registers are kept", result == (long)sys_getpid() && kept == 2.5 && marker == 0x1234);
	check("no such number", SYSCALL0(30) == -ENOSYS && SYSCALL0(-1) == -ENOSYS && SYSCALL0(1 << 16) == -ENOSYS);
	check("by HermitCore's name", syscall(__NR_getpid, 0, 0, 0) == (long)sys_getpid());
	__asm__ volatile("syscall" : "=a"(result) : "a"(39) : "rcx", "r11", "memory");
	check("Linux's numbers without it", result == getpid());
	check("Linux's function in parentheses", (syscall)(39) == getpid());
	errno = 0;
	check("errno is left alone", SYSCALL1(__NR_close, 99) == -EBADF && errno == 0);
}

static void *call_often(void *wrong)
{
	double sum = 0;

	for (int i = 0; i < CALLS; i++) {
		sum += 0.5;
		*(int *)wrong += SYSCALL0(__NR_getpid) != (long)sys_getpid();
		if (i % 50 == 0)
			SYSCALL0(__NR_yield);
	}
	*(int *)wrong += sum != CALLS * 0.5;
	return NULL;
}

// Both sleep inside a call while others make theirs.
static void *block_in_read(void *text)
{
	return (void *)SYSCALL3(__NR_read, pipe_ends[0], text, 4);
}

static void *block_in_wait(void *unused)
{
	(void)unused;
	return (void *)SYSCALL1(__NR_sem_wait, go);
}

static void threads(void)
{
	pthread_t reader, waiter, caller[THREADS];
	int wrong[THREADS] = {0}, sum = 0;
	char text[5] = "";
	void *result;

	check("a pipe", pipe(pipe_ends) == 0);
	pthread_create(&reader, NULL, block_in_read, text);
	pthread_create(&waiter, NULL, block_in_wait, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&caller[i], NULL, call_often, &wrong[i]);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(caller[i], NULL);
		sum += wrong[i];
	}
	check("threads get their own answers", sum == 0);
	check("written to who sleeps", SYSCALL3(__NR_write, pipe_ends[1], "pipe", 4) == 4);
	check("who reads it", pthread_join(reader, &result) == 0 && (long)result == 4);
	check("what was read", memcmp(text, "pipe", 4) == 0);
	check("posted to who sleeps", sys_sem_post(go) == 0 && pthread_join(waiter, &result) == 0 && (long)result == 0);
}

static void count_alarm(int signal)
{
	alarms += signal == SIGALRM;
}

// Signals come at any point of a call.
static void interruptions(void)
{
	const struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
	int wrong = 0;

	signal(SIGALRM, count_alarm);
	setitimer(ITIMER_REAL, &often, NULL);
	while (alarms < 50)
		wrong += SYSCALL0(__NR_getpid) != (long)sys_getpid();
	setitimer(ITIMER_REAL, &never, NULL);
	check("right answers while signals come", wrong == 0);
}

int main(void)
{
	if (sys_sem_init(&go, 0) || sys_sem_init(&done, 0))
		return 1;
	files();
	tasks();
	semaphores();
	numbers();
	threads();
	interruptions();
	check("to the end", 1);
	fflush(stdout);
	SYSCALL1(__NR_exit, 0);
	return 1;
}
