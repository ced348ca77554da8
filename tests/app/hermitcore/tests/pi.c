// SPDX-License-Identifier: MIT
// Pi by the integral of 4 / (1 + x * x), the intervals shared among threads.
#include <omp.h>
#include <stdio.h>

int main(void)
{
	const long intervals = 1000000;
	double sum = 0;

#pragma omp parallel for reduction(+ : sum) num_threads(4)
	for (long i = 0; i < intervals; i++) {
		double x = ((double)i + 0.5) / (double)intervals;

		sum += 4.0 / (1.0 + x * x);
	}
	printf("Pi: %.9f\n", sum / (double)intervals);
	return 0;
}
