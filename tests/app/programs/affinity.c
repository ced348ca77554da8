// SPDX-License-Identifier: MIT
// Threads that move themselves and are moved between CPUs, and threads that must share one. Output does not depend on the CPU count.
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS = 8, MOVES = 500 };

static long cpus;
static volatile int stop;
static int progress[THREADS];

static void only(cpu_set_t *set, long cpu)
{
	CPU_ZERO(set);
	CPU_SET(cpu, set);
}

static void *move(void *argument)
{
	long wrong = 0;
	cpu_set_t set, now;

	for (long i = 0; i < MOVES; i++) {
		only(&set, (i + (long)argument) % cpus);
		wrong += pthread_setaffinity_np(pthread_self(), sizeof(set), &set) != 0;
		wrong += !CPU_ISSET(sched_getcpu(), &set);
		wrong += pthread_getaffinity_np(pthread_self(), sizeof(now), &now) != 0 || !CPU_EQUAL(&set, &now);
	}
	return (void *)wrong;
}

/* Never gives way by itself. */
static void *compute(void *argument)
{
	int *mine = argument;
	double value = 1;

	while (!stop) {
		for (int i = 0; i < 10000; i++)
			value = value * 1.0000001 + 1e-9;
		__atomic_add_fetch(mine, 1, __ATOMIC_RELAXED);
	}
	return (void *)(long)(value > 1);
}

static void move_themselves(void)
{
	pthread_t thread[THREADS];
	long wrong = 0;

	for (long i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, move, (void *)i);
	for (int i = 0; i < THREADS; i++) {
		void *result;
		pthread_join(thread[i], &result);
		wrong += (long)result;
	}
	printf("moved: %ld wrong\n", wrong);
}

static void share_one(void)
{
	pthread_t thread[THREADS];
	pthread_attr_t attributes;
	cpu_set_t set;
	long good = 0;

	only(&set, cpus - 1);
	pthread_attr_init(&attributes);
	pthread_attr_setaffinity_np(&attributes, sizeof(set), &set);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], &attributes, compute, &progress[i]);
	for (int i = 0; i < THREADS; i++)
		while (__atomic_load_n(&progress[i], __ATOMIC_RELAXED) < 2)
			usleep(1000);
	for (int i = 0; i < 20; i++) { /* and are moved while they run */
		only(&set, rand() % cpus);
		pthread_setaffinity_np(thread[i % THREADS], sizeof(set), &set);
		usleep(1000);
	}
	stop = 1;
	for (int i = 0; i < THREADS; i++) {
		void *result;
		pthread_join(thread[i], &result);
		good += (long)result;
	}
	printf("shared: %ld\n", good);
	pthread_attr_destroy(&attributes);
}

int main(void)
{
	cpu_set_t none;

	cpus = sysconf(_SC_NPROCESSORS_ONLN);
	move_themselves();
	share_one();
	CPU_ZERO(&none);
	printf("no CPU: %d\n", pthread_setaffinity_np(pthread_self(), sizeof(none), &none) != 0);
	return 0;
}
