// SPDX-License-Identifier: MIT
// Threads that compute until a signal reaches them, one after the other.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __hermit__
#include <hermit/syscall.h>
#else
#include <unistd.h>
#endif

#define THREADS 4

static __thread volatile sig_atomic_t received;
static pthread_barrier_t ready;
static int got[THREADS];

static void handler(int signal)
{
	received = signal;
}

static void short_sleep(void)
{
#ifdef __hermit__
	sys_msleep(1);
#else
	usleep(1000);
#endif
}

static void *wait_for_signal(void *number)
{
	long me = (long)number;

	pthread_barrier_wait(&ready);
	while (!received)
		if (me % 2)
			short_sleep();
	got[me] = received;
	return NULL;
}

int main(void)
{
	pthread_t thread[THREADS];

	signal(SIGUSR1, handler);
	pthread_barrier_init(&ready, NULL, THREADS + 1);
	for (long i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, wait_for_signal, (void *)i) != 0)
			return 1;
	pthread_barrier_wait(&ready);
	for (int i = 0; i < THREADS; i++) {
		pthread_kill(thread[i], SIGUSR1);
		pthread_join(thread[i], NULL);
		printf("thread %d received signal %d\n", i, got[i]);
	}
	puts("All done");
	return 0;
}
