// SPDX-License-Identifier: MIT
// Hello from each thread of a team, in the order of their numbers.
#include <omp.h>
#include <stdio.h>

int main(void)
{
	int team = 0;

#pragma omp parallel num_threads(4)
	{
#pragma omp single
		team = omp_get_num_threads();
#pragma omp for ordered schedule(static, 1)
		for (int i = 0; i < 4; i++) {
#pragma omp ordered
			printf("Hello from thread %d of %d\n", omp_get_thread_num(), team);
		}
	}
	return 0;
}
