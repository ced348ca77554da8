// SPDX-License-Identifier: MIT
// What OpenMP itself costs, in the manner of EPCC's benchmarks: a construct around next to no work, less the work alone. The same source
// for an isle and for Linux. Prints `NAME TICKS`, ticks of the TSC for one construct: the median of many short pieces, so that a machine
// with other users disturbs few of them.
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <x86intrin.h>

#define PIECES 401
#define ROUNDS 50 /* in a piece */
#define THREADS 2

static volatile unsigned long done[THREADS][16]; /* a cache line pair each */
static unsigned long expected;

static void work(void)
{
	done[omp_get_thread_num()][0]++;
}

static void alone(void)
{
	for (int i = 0; i < ROUNDS; i++)
		work();
}

static void region(void)
{
	for (int i = 0; i < ROUNDS; i++)
#pragma omp parallel
		work();
	expected += ROUNDS;
}

static void barrier(void)
{
#pragma omp parallel
	for (int i = 0; i < ROUNDS; i++) {
		work();
#pragma omp barrier
	}
	expected += ROUNDS;
}

static void loop(void)
{
#pragma omp parallel
	for (int i = 0; i < ROUNDS; i++)
#pragma omp for schedule(static)
		for (int j = 0; j < THREADS; j++)
			work();
	expected += ROUNDS;
}

static void reduction(void)
{
	unsigned long sum = 0;

	for (int i = 0; i < ROUNDS; i++)
#pragma omp parallel reduction(+ : sum)
	{
		work();
		sum++;
	}
	expected += ROUNDS;
	if (sum != THREADS * ROUNDS)
		exit(3);
}

static int compare(const void *left, const void *right)
{
	uint64_t one = *(const uint64_t *)left, two = *(const uint64_t *)right;

	return one < two ? -1 : one > two;
}

static double ticks_of(void (*piece)(void))
{
	static uint64_t ticks[PIECES];

	for (int i = 0; i < PIECES; i++) {
		uint64_t start = __rdtsc();
		piece();
		ticks[i] = __rdtsc() - start;
	}
	qsort(ticks, PIECES, sizeof(ticks[0]), compare);
	return (double)ticks[PIECES / 2] / ROUNDS;
}

int main(void)
{
	static const struct {
		const char *name;
		void (*piece)(void);
	} rows[] = { { "region", region }, { "barrier", barrier }, { "for", loop }, { "reduction", reduction } };

	omp_set_dynamic(0);
	omp_set_num_threads(THREADS);
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double work_alone = ticks_of(alone);
		expected += PIECES * ROUNDS;
		printf("%s %.1f\n", rows[i].name, ticks_of(rows[i].piece) - work_alone);
	}
	return done[0][0] != expected || done[1][0] != expected - 4 * PIECES * ROUNDS;
}
