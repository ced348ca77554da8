/* SPDX-License-Identifier: MIT */
/*
 * OpenMP's own cost when two threads share one CPU, so that each round has its switches: counted, not timed. A program of its own for
 * both sides, since the runtime makes an image larger. With OMP_WAIT_POLICY=passive: who waits gives the CPU up.
 */
#include "measure.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 100 /* in a sample */

static volatile unsigned entered[2];

static void check_entered(const char *row, unsigned before, unsigned times)
{
	if (entered[1] - before != times) {
		fprintf(stderr, "bench: %s: the second thread came %u times, not %u\n", row, entered[1] - before, times);
		exit(1);
	}
}

static void regions_of_one(void)
{
	for (int i = 0; i < ROUNDS; i++)
#pragma omp parallel num_threads(1)
		entered[omp_get_thread_num()]++;
}

static void regions_of_two(void)
{
	unsigned before = entered[1];

	for (int i = 0; i < ROUNDS; i++)
#pragma omp parallel num_threads(2)
		entered[omp_get_thread_num()]++;
	check_entered("region", before, ROUNDS);
}

static void barriers_of_two(void)
{
	unsigned before = entered[1];

#pragma omp parallel num_threads(2)
	for (int i = 0; i < ROUNDS; i++) {
		entered[omp_get_thread_num()]++;
#pragma omp barrier
	}
	check_entered("barrier", before, ROUNDS);
}

int main(void)
{
	if (open_null_file() < 0)
		return 1;
	omp_set_dynamic(0); /* two threads even though there is one CPU */
	measure_alone("openmp_region_1", regions_of_one);
	measure_alone("openmp_region_2", regions_of_two);
	measure_alone("openmp_barrier_2", barriers_of_two);
	return 0;
}
