/* SPDX-License-Identifier: MIT */
/* Computes for the number of seconds it is told, without a call to anybody but the clock. */
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double end = now() + (argc > 1 ? atof(argv[1]) : 1);
	volatile unsigned long work = 0;

	while (now() < end)
		for (int i = 0; i < 10000; i++)
			work += i;
	return 0;
}
