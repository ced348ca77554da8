// SPDX-License-Identifier: MIT
// Starts the other CPUs of the isle by monitor calls, below the library kernel's threads: `cpus COUNT ROUNDS`. In each round every CPU
// computes, meets the others, sleeps or spins, and is parked again; the isle ends while the CPUs of the last round still run.
#include "job.h"

#include <skellig/call.h>
#include <skellig/public.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_CPUS 16
#define MEETINGS 10
#define STACK_SIZE 16384

_Static_assert(offsetof(struct job, code) == JOB_CODE && offsetof(struct job, stack) == JOB_STACK, "job.h");
_Static_assert(offsetof(struct job, index) == JOB_INDEX && offsetof(struct job, masked) == JOB_MASKED, "job.h");
_Static_assert(offsetof(struct job, thread) == JOB_THREAD, "job.h");
_Static_assert(offsetof(struct skl_percpu, masked) == PERCPU_MASKED && offsetof(struct skl_percpu, cpu) == PERCPU_INDEX, "job.h");

enum { INVALID = -22, BUSY = -16, NO_SUCH_CPU = -3 }; // Linux's numbers, as the monitor answers them

// start/monitor_call.S of the library kernel
int64_t skl_monitor_call(uint64_t number, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4);

static struct job jobs[MOST_CPUS];
static _Alignas(16) char stacks[MOST_CPUS][STACK_SIZE];
static uint64_t cpus;
static uint64_t arrivals; // at meetings, of all CPUs, ever
static uint64_t kicks;

static const struct skl_boot *boot(void)
{
	return (const struct skl_boot *)SKL_PUBLIC_BASE;
}

static void check(bool good, const char *what, uint64_t cpu, int64_t seen)
{
	if (good)
		return;
	printf("CPU %llu: %s (%lld)\n", (unsigned long long)cpu, what, (long long)seen);
	exit(1);
}

static int64_t start(uint64_t cpu)
{
	return skl_monitor_call(SKL_CALL_START, cpu, (uint64_t)job_entry, (uint64_t)(stacks[cpu] + STACK_SIZE), (uint64_t)&jobs[cpu], 0);
}

static int64_t stop(uint64_t cpu)
{
	return skl_monitor_call(SKL_CALL_STOP, cpu, 0, 0, 0, 0);
}

// Only for CPU 0, which can tell somebody.
static void await(const volatile uint64_t *word, uint64_t least, const char *what, uint64_t cpu)
{
	const uint64_t patience = boot()->tsc_khz * 1000 * 40;

	for (uint64_t begin = __builtin_ia32_rdtsc(); *word < least; __builtin_ia32_pause())
		check(__builtin_ia32_rdtsc() - begin < patience, what, cpu, (int64_t)*word);
}

static uint64_t compute(uint64_t value)
{
	for (int i = 0; i < 20000; i++) {
		value ^= value << 13;
		value ^= value >> 7;
		value ^= value << 17;
	}
	return value;
}

// Nobody leaves before everybody has come: the CPUs run at the same time.
static void meet(struct job *own)
{
	uint64_t all = (__atomic_fetch_add(&arrivals, 1, __ATOMIC_SEQ_CST) / cpus + 1) * cpus;

	if (own->cpu == 0)
		await(&arrivals, all, "not all have come to the meeting", 0);
	while (__atomic_load_n(&arrivals, __ATOMIC_SEQ_CST) < all)
		__builtin_ia32_pause();
	own->met++;
}

static void work(struct job *own)
{
	own->computed = compute(own->seed);
	for (int i = 0; i < MEETINGS; i++)
		meet(own);
}

static void spin(struct job *own)
{
	work(own);
	for (;; __builtin_ia32_pause())
		own->counter++;
}

static void sleep_until_kicked(struct job *own)
{
	work(own);
	for (;;) {
		own->counter++;
		if (skl_monitor_call(SKL_CALL_WAIT, 0, 0, 0, 0, 0) & SKL_EVENT_KICK)
			own->woken++;
		skl_monitor_call(SKL_CALL_KICK, 1, 0, 0, 0, 0); // CPU 0 has the library kernel, which takes that in its stride
	}
}

static void pass_on_and_spin(struct job *own)
{
	if (own->cpu + 1 < cpus)
		own->passed_on = start(own->cpu + 1);
	spin(own);
}

static void check_arrival(uint64_t cpu)
{
	const struct job *job = &jobs[cpu];

	check(job->index == cpu, "is another CPU by its own page", cpu, (int64_t)job->index);
	check(job->stack == (uint64_t)(stacks[cpu] + STACK_SIZE), "came with another stack", cpu, (int64_t)job->stack);
	check(job->masked == 1, "came with upcalls open", cpu, (int64_t)job->masked);
	check(job->thread == 0, "came with a thread pointer", cpu, (int64_t)job->thread);
	check(job->computed == compute(job->seed), "computed something else", cpu, (int64_t)job->computed);
	check(job->passed_on == 0, "could not start the next", cpu, job->passed_on);
}

static void begin_round(uint64_t round)
{
	bool chain = round % 2; // each CPU starts the next; otherwise CPU 0 starts them all

	for (uint64_t cpu = 1; cpu < cpus; cpu++) {
		struct job *job = &jobs[cpu];

		job->code = chain ? pass_on_and_spin : cpu % 2 ? sleep_until_kicked : spin;
		job->cpu = cpu;
		job->seed = round * MOST_CPUS + cpu + 1;
		job->index = job->stack = job->masked = job->computed = 0;
		job->thread = 1;
	}
	for (uint64_t cpu = 1; cpu < (chain ? 2 : cpus); cpu++) {
		int64_t answer = start(cpu);

		check(answer == 0, "does not start", cpu, answer);
	}
	for (int i = 0; i < MEETINGS; i++)
		meet(&jobs[0]);
}

static void check_running(uint64_t cpu)
{
	struct job *job = &jobs[cpu];
	uint64_t before = job->counter;

	check_arrival(cpu);
	check(start(cpu) == BUSY, "can be started twice", cpu, 0);
	if (job->code != sleep_until_kicked) {
		await(&job->counter, before + 1000, "does not run", cpu);
		return;
	}
	uint64_t woken = job->woken;

	for (uint64_t kick = 1; kick <= MEETINGS; kick++, kicks++) {
		skl_monitor_call(SKL_CALL_KICK, 1, cpu, 0, 0, 0);
		await(&job->woken, woken + kick, "sleeps through a kick", cpu);
	}
}

static void park(uint64_t cpu)
{
	int64_t answer = stop(cpu);

	check(answer == 0, "is not parked", cpu, answer);
	uint64_t before = jobs[cpu].counter;

	for (uint64_t begin = __builtin_ia32_rdtsc(); __builtin_ia32_rdtsc() - begin < boot()->tsc_khz;)
		__builtin_ia32_pause();
	check(jobs[cpu].counter == before, "still runs", cpu, (int64_t)(jobs[cpu].counter - before));
	answer = stop(cpu);
	check(answer == NO_SUCH_CPU, "can be parked twice", cpu, answer);
}

static void check_refusals(void)
{
	check(boot()->cpus == cpus, "is one of another number of CPUs", 0, boot()->cpus);
	check(start(0) == INVALID, "can start itself", 0, 0);
	check(stop(0) == INVALID, "can park itself", 0, 0);
	check(start(cpus) == INVALID, "can be started, but is none of ours", cpus, 0);
	check(skl_monitor_call(SKL_CALL_KICK, 1, cpus, 0, 0, 0) == INVALID, "can be kicked, but is none of ours", cpus, 0);
	for (uint64_t cpu = 1; cpu < cpus; cpu++)
		check(stop(cpu) == NO_SUCH_CPU, "runs from the start", cpu, 0);
}

int main(int argc, char **argv)
{
	uint64_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;

	cpus = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
	check(cpus >= 1 && cpus < MOST_CPUS, "is too many", cpus, 0);
	check_refusals();
	for (uint64_t round = 0; round < rounds; round++) {
		begin_round(round);
		for (uint64_t cpu = 1; cpu < cpus; cpu++)
			check_running(cpu);
		for (uint64_t cpu = 1; cpu < cpus && round + 1 < rounds; cpu++)
			park(cpu);
	}
	printf("cpus %llu, starts %llu, meetings %llu, kicks %llu\n", (unsigned long long)cpus, (unsigned long long)(rounds * (cpus - 1)),
	       (unsigned long long)jobs[0].met, (unsigned long long)kicks);
	return 0;
}
