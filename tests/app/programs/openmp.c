// SPDX-License-Identifier: MIT
// OpenMP as gcc compiles it: every kind of loop, reductions, tasks with dependences, sections, locks, nesting, cancellation, teams.
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 1000, THREADS = 4 };

static int values[N];

static void fill(void)
{
	for (int i = 0; i < N; i++)
		values[i] = i;
}

static void loops(void)
{
	long sums[4] = {0}, squares = 0;
	int ordered_wrong = 0, last = -1;

#pragma omp parallel for num_threads(THREADS) schedule(static) reduction(+ : sums[0])
	for (int i = 0; i < N; i++)
		sums[0] += values[i];
#pragma omp parallel for num_threads(THREADS) schedule(dynamic, 7) reduction(+ : sums[1])
	for (int i = 0; i < N; i++)
		sums[1] += values[i];
#pragma omp parallel for num_threads(THREADS) schedule(guided) reduction(max : sums[2])
	for (int i = 0; i < N; i++)
		sums[2] = sums[2] > values[i] ? sums[2] : values[i];
#pragma omp parallel for num_threads(THREADS) collapse(2) reduction(+ : sums[3])
	for (int i = 0; i < 10; i++)
		for (unsigned long long j = 0; j < 100; j++)
			sums[3] += i * (long)j;
#pragma omp parallel for num_threads(THREADS) ordered schedule(dynamic)
	for (int i = 0; i < 100; i++) {
#pragma omp ordered
		{
			ordered_wrong += last != i - 1;
			last = i;
		}
	}
#pragma omp parallel for simd num_threads(THREADS) reduction(+ : squares)
	for (int i = 0; i < N; i++)
		squares += values[i] * values[i];
	printf("loops %ld %ld %ld %ld %ld ordered %d\n", sums[0], sums[1], sums[2], sums[3], squares, ordered_wrong);
}

static int fibonacci(int n)
{
	int left, right;

	if (n < 2)
		return n;
#pragma omp task shared(left) if (n > 8)
	left = fibonacci(n - 1);
#pragma omp task shared(right) if (n > 8)
	right = fibonacci(n - 2);
#pragma omp taskwait
	return left + right;
}

static void tasks(void)
{
	int result = 0, chain = 1, sum = 0;

#pragma omp parallel num_threads(THREADS)
#pragma omp single
	result = fibonacci(18);
#pragma omp parallel num_threads(THREADS)
#pragma omp single
	for (int i = 0; i < 10; i++) {
#pragma omp task depend(inout : chain)
		chain = chain * 2 + 1;
	}
#pragma omp parallel num_threads(THREADS)
#pragma omp single
#pragma omp taskloop grainsize(10) reduction(+ : sum)
	for (int i = 0; i < N; i++)
		sum += values[i];
	printf("tasks %d chain %d taskloop %d\n", result, chain, sum);
}

static void workers(void)
{
	int once = 0, counted = 0, locked = 0, threads = 0, sections = 0, copied = 0, value = 0;
	omp_lock_t lock;

	omp_init_lock(&lock);
#pragma omp parallel num_threads(THREADS) firstprivate(value)
	{
#pragma omp single
		threads = omp_get_num_threads();
#pragma omp single copyprivate(value)
		value = 42;
#pragma omp atomic
		copied += value;
#pragma omp masked
		once++;
		for (int i = 0; i < 100; i++) {
#pragma omp critical
			counted++;
			omp_set_lock(&lock);
			locked++;
			omp_unset_lock(&lock);
#pragma omp barrier
		}
#pragma omp sections reduction(+ : sections)
		{
#pragma omp section
			sections += 1;
#pragma omp section
			sections += 10;
#pragma omp section
			sections += 100;
		}
	}
	omp_destroy_lock(&lock);
	printf("threads %d once %d counted %d sections %d copied %d\n", threads, once, counted + locked, sections, copied);
}

static void nested(void)
{
	int inner = 0, teams = 0;

	omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2) reduction(+ : inner)
#pragma omp parallel num_threads(2) reduction(+ : inner)
	inner += 1 + omp_get_level();
#pragma omp teams num_teams(2) reduction(+ : teams)
	teams += omp_get_num_teams();
	printf("nested %d levels %d\n", inner, omp_get_max_active_levels());
	printf("each team has counted the others: %d\n", teams == 1 || teams == 4);
}

static void again_and_again(void)
{
	long sum = 0;

	for (int round = 0; round < 500; round++) {
#pragma omp parallel num_threads(1 + round % THREADS) reduction(+ : sum)
		sum += 1;
	}
	printf("regions %ld, default is the CPU count: %d\n", sum, omp_get_max_threads() == omp_get_num_procs());
}

int main(void)
{
	fill();
	loops();
	tasks();
	workers();
	nested();
	again_and_again();
	return 0;
}
