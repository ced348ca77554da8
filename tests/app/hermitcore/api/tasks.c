// SPDX-License-Identifier: MIT
// Tasks, time, semaphores and spinlocks of <hermit/syscall.h>.
#include "check.h"

#include <errno.h>
#include <hermit/semaphore.h>
#include <hermit/spinlock.h>
#include <hermit/tasks.h>
#include <hermit/time.h>
#include <pthread.h>
#include <unistd.h>

#define TASKS 4
#define ROUNDS 20000

static sem_t *started, *go, *done;
static spinlock_t *lock;
static spinlock_t placed = SPINLOCK_INIT;
static long counter, placed_counter;
static tid_t seen;
static int answer;

static void tell_id(void *id)
{
	seen = sys_getpid();
	*(tid_t *)id = 0; // what the maker has written before
	sys_sem_post(started);
	sys_sem_wait(go);
	sys_sem_post(done);
}

static void ids(void)
{
	tid_t id = 0, mine = sys_getpid();

	check("a clone is made", sys_clone(&id, (void *)tell_id, &id) == 0);
	sys_sem_wait(started);
	check("its number was there before it ran", id == 0);
	check("it has another number", seen != mine && mine == (tid_t)gettid());
	check("it waits", sys_sem_timedwait(done, 20) == -ETIME);
	check("and goes on", sys_sem_post(go) == 0 && sys_sem_wait(done) == 0);
	check("a clone of nothing", sys_clone(&id, NULL, NULL) == -EINVAL);
	check("priority", sys_getprio(NULL) == NORMAL_PRIO && sys_getprio(&mine) == NORMAL_PRIO);
	check("another's priority", sys_getprio(&seen) == -EINVAL && sys_setprio(&mine, 3) == -ENOSYS);
	check("no processes", sys_fork() == -ENOSYS && sys_wait(NULL) == -ENOSYS && sys_execve("/bin/true", NULL, NULL) == -ENOSYS);
}

static void times(void)
{
	size_t begin = sys_get_ticks(), end;

	errno = 0;
	sys_msleep(60);
	end = sys_get_ticks();
	check("sleeping takes its ticks", end - begin >= 5);
	check("time goes on", get_uptime() >= end * (1000 / TIMER_FREQ) && timer_wait(1) == 0);
	sys_yield();
	reschedule();
	check("errno is left alone", errno == 0);
}

static void semaphores(void)
{
	sem_t *semaphore = NULL;
	int value;

	check("a semaphore", sys_sem_init(&semaphore, 2) == 0 && sem_getvalue(semaphore, &value) == 0 && value == 2);
	check("taken twice", sys_sem_wait(semaphore) == 0 && sys_sem_timedwait(semaphore, 10) == 0);
	errno = 0;
	check("empty", sys_sem_timedwait(semaphore, 10) == -ETIME && sys_sem_cancelablewait(semaphore, 10) == -ETIME && errno == 0);
	check("posted", sys_sem_post(semaphore) == 0 && sys_sem_cancelablewait(semaphore, 0) == 0);
	check("destroyed", sys_sem_destroy(semaphore) == 0);
	check("none there", sys_sem_init(NULL, 0) == -EINVAL && sys_sem_wait(NULL) == -EINVAL && sys_sem_post(NULL) == -EINVAL &&
				    sys_sem_timedwait(NULL, 1) == -EINVAL && sys_sem_cancelablewait(NULL, 1) == -EINVAL &&
				    sys_sem_destroy(NULL) == -EINVAL);
	check("value too large", sys_sem_init(&semaphore, 1u << 31) == -EINVAL && !semaphore);
}

static void *wait_cancelably(void *unused)
{
	(void)unused;
	sys_sem_post(started);
	answer = sys_sem_cancelablewait(go, 0);
	return NULL;
}

static void *wait_uncancelably(void *unused)
{
	(void)unused;
	sys_sem_post(started);
	answer = sys_sem_wait(go);
	sys_sem_post(done);
	pthread_testcancel();
	return NULL;
}

static void cancellation(void)
{
	pthread_t thread;
	void *result = NULL;

	answer = 1;
	pthread_create(&thread, NULL, wait_cancelably, NULL);
	sys_sem_wait(started);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	check("a cancelable wait is cancelled", result == PTHREAD_CANCELED && answer == 1);

	pthread_create(&thread, NULL, wait_uncancelably, NULL);
	sys_sem_wait(started);
	pthread_cancel(thread);
	check("others are not", sys_sem_timedwait(done, 20) == -ETIME);
	sys_sem_post(go);
	pthread_join(thread, &result);
	check("until they are over", answer == 0 && result == PTHREAD_CANCELED && sys_sem_wait(done) == 0);
}

static void count(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		sys_spinlock_lock(lock);
		sys_spinlock_lock(lock);
		counter++;
		sys_spinlock_unlock(lock);
		sys_spinlock_unlock(lock);
		spinlock_lock(&placed);
		placed_counter++;
		spinlock_unlock(&placed);
	}
	sys_sem_post(done);
}

static void unlock_anothers(void *unused)
{
	(void)unused;
	answer = sys_spinlock_unlock(lock);
	sys_sem_post(done);
}

static void spinlocks(void)
{
	check("a spinlock", sys_spinlock_init(&lock) == 0 && lock);
	for (int i = 0; i < TASKS; i++)
		sys_clone(NULL, (void *)count, NULL);
	for (int i = 0; i < TASKS; i++)
		sys_sem_wait(done);
	check("nobody is lost", counter == TASKS * ROUNDS && placed_counter == counter);
	sys_spinlock_lock(lock);
	sys_clone(NULL, (void *)unlock_anothers, NULL);
	sys_sem_wait(done);
	check("another's lock stays", answer == -EINVAL);
	check("given back once", sys_spinlock_unlock(lock) == 0 && sys_spinlock_unlock(lock) == -EINVAL);
	check("no lock", sys_spinlock_init(NULL) == -EINVAL && sys_spinlock_lock(NULL) == -EINVAL && sys_spinlock_unlock(NULL) == -EINVAL &&
				 sys_spinlock_destroy(NULL) == -EINVAL && spinlock_init(NULL) == -EINVAL);
	check("destroyed", sys_spinlock_destroy(lock) == 0 && spinlock_destroy(&placed) == 0);
}

int main(void)
{
	if (sys_sem_init(&started, 0) || sys_sem_init(&go, 0) || sys_sem_init(&done, 0))
		return 1;
	ids();
	times();
	semaphores();
	cancellation();
	spinlocks();
	check("to the end", 1);
	return 0;
}
