// SPDX-License-Identifier: MIT
// What the basic operations cost, in cycles of the time-stamp counter; each is also checked.
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include <hermit/processor.h>
#include <hermit/syscall.h>

#define CALLS 100000
#define INSTRUCTIONS 2000
#define THREADS 200

static double per_call(uint64_t begin, long count)
{
	return (double)(get_rdtsc() - begin) / (double)count;
}

static void *at_start(void *unused)
{
	return unused;
}

static int getpid_costs(void)
{
	int wrong = 0;
	uint64_t begin = get_rdtsc();

	for (int i = 0; i < CALLS; i++)
		wrong += sys_getpid() == 0;
	printf("getpid: %.1f cycles\n", per_call(begin, CALLS));
	begin = get_rdtsc();
	for (int i = 0; i < INSTRUCTIONS; i++)
		wrong += SYSCALL0(__NR_getpid) != (long)sys_getpid();
	printf("getpid by the syscall instruction: %.1f cycles\n", per_call(begin, INSTRUCTIONS));
	return wrong;
}

static void yield_costs(void)
{
	uint64_t begin = get_rdtsc();

	for (int i = 0; i < CALLS; i++)
		sched_yield();
	printf("sched_yield: %.1f cycles\n", per_call(begin, CALLS));
}

static int thread_costs(void)
{
	int wrong = 0;
	uint64_t begin = get_rdtsc();

	for (int i = 0; i < THREADS; i++) {
		pthread_t thread;
		void *result = NULL;

		wrong += pthread_create(&thread, NULL, at_start, &wrong) != 0 || pthread_join(thread, &result) != 0 || result != &wrong;
	}
	printf("thread made and joined: %.1f cycles\n", per_call(begin, THREADS));
	return wrong;
}

int main(void)
{
	int wrong;

	printf("time-stamp counter: %u MHz\n", get_cpu_frequency());
	wrong = getpid_costs();
	yield_costs();
	wrong += thread_costs();
	printf("wrong answers: %d\n", wrong);
	return wrong != 0;
}
