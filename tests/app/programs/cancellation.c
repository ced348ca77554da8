// SPDX-License-Identifier: MIT
// Cancelling threads wherever they wait, with cleanup handlers; state and type; signals sent to one thread.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum Place { SLEEP, SEMAPHORE, CONDITION, READ, JOIN, TEST, LOOP, PLACES };
static const char *const names[] = {"sleep", "semaphore", "condition", "read", "join", "test", "loop"};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int cleaned, tube[2];

static void clean(void *argument)
{
	__atomic_add_fetch(&cleaned, (int)(long)argument, __ATOMIC_RELAXED);
}

static void unlock(void *argument)
{
	pthread_mutex_unlock(argument);
}

static void *sleep_long(void *unused)
{
	sleep(1000);
	return unused;
}

static void wait_for_condition(void)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;)
		pthread_cond_wait(&never, &mutex);
	pthread_cleanup_pop(1);
}

static void join_sleeper(void)
{
	static pthread_t sleeper;

	pthread_create(&sleeper, NULL, sleep_long, NULL);
	pthread_join(sleeper, NULL);
}

static void wait_at(enum Place place)
{
	sem_t semaphore;
	char byte;

	switch (place) {
	case SLEEP:
		sleep(1000);
		break;
	case SEMAPHORE:
		sem_init(&semaphore, 0, 0);
		sem_wait(&semaphore);
		break;
	case CONDITION:
		wait_for_condition();
		break;
	case READ:
		read(tube[0], &byte, 1);
		break;
	case JOIN:
		join_sleeper();
		break;
	case TEST:
		for (;;)
			pthread_testcancel();
	default:
		pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
		for (volatile long i = 0;; i++)
			;
	}
}

static void *be_cancelled(void *argument)
{
	pthread_cleanup_push(clean, (void *)10);
	pthread_cleanup_push(clean, (void *)1);
	wait_at((enum Place)(long)argument);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void cancel_everywhere(int milliseconds)
{
	for (long place = 0; place < PLACES; place++) {
		pthread_t thread;
		void *result;

		cleaned = 0;
		pthread_create(&thread, NULL, be_cancelled, (void *)place);
		usleep(milliseconds * 1000);
		int error = pthread_cancel(thread);
		pthread_join(thread, &result);
		printf("%s: %d %d cleaned %d\n", names[place], error, result == PTHREAD_CANCELED, cleaned);
	}
	printf("mutex is free: %d\n", pthread_mutex_trylock(&mutex));
	pthread_mutex_unlock(&mutex);
}

static void *refuse(void *argument)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	*(int *)argument = 1;
	for (int i = 0; i < 20; i++)
		usleep(1000);
	*(int *)argument = 2;
	pthread_setcancelstate(old, NULL);
	pthread_testcancel();
	*(int *)argument = 3;
	return NULL;
}

static void put_off(void)
{
	volatile int reached = 0;
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, refuse, (void *)&reached);
	while (!reached)
		usleep(100);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	printf("put off until %d: %d\n", reached, result == PTHREAD_CANCELED);
}

static pthread_t victim;
static volatile sig_atomic_t in_victim, elsewhere;

static void note(int signal)
{
	if (pthread_equal(pthread_self(), victim))
		in_victim = in_victim + signal;
	else
		elsewhere = 1;
}

static void *be_signalled(void *argument)
{
	sigset_t set;
	int signal = 0;

	while (in_victim < 3 * SIGUSR1)
		usleep(1000);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	*(volatile int *)argument = 1;
	sigwait(&set, &signal);
	return (void *)(long)signal;
}

static void signal_one(void)
{
	struct sigaction action = {.sa_handler = note};
	volatile int waiting = 0;
	void *result;

	sigaction(SIGUSR1, &action, NULL);
	pthread_create(&victim, NULL, be_signalled, (void *)&waiting);
	for (int i = 1; i <= 3; i++) {
		pthread_kill(victim, SIGUSR1);
		while (in_victim < i * SIGUSR1)
			usleep(100);
	}
	while (!waiting)
		usleep(100);
	kill(getpid(), SIGUSR2); /* blocked in all threads, but one waits for it */
	pthread_join(victim, &result);
	printf("signals %d elsewhere %d waited for %d\n", (int)in_victim == 3 * SIGUSR1, (int)elsewhere, (long)result == SIGUSR2);
}

static void *sleep_deaf(void *unused)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	sleep(1000);
	return unused;
}

/* No signal mask holds cancellation off. */
static void cancel_deaf(void)
{
	pthread_t thread;
	void *result = NULL;

	pthread_create(&thread, NULL, sleep_deaf, NULL);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	printf("with all signals blocked: %s\n", result == PTHREAD_CANCELED ? "cancelled" : "ended");
}

int main(void)
{
	sigset_t set;

	if (pipe(tube))
		return 1;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	pthread_sigmask(SIG_BLOCK, &set, NULL); /* and in all threads made from here on */
	cancel_everywhere(0);
	cancel_everywhere(5);
	put_off();
	signal_one();
	cancel_deaf();
	return 0;
}
