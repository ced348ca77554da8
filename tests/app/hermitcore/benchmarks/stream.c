// SPDX-License-Identifier: MIT
// Bandwidth of memory: copy, scale, add and triad over arrays of 16 MiB, the best of several rounds, and whether the result is right.
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#define N (2 << 20)
#define ROUNDS 4
#define FACTOR 3.0

enum kernel { COPY, SCALE, ADD, TRIAD, KERNELS };
static const struct {
	const char *name;
	int arrays; // that a pass reads or writes
} kernel[KERNELS] = {{"Copy", 2}, {"Scale", 2}, {"Add", 3}, {"Triad", 3}};
static double *a, *b, *c;

static void pass(enum kernel which)
{
#pragma omp parallel for
	for (long i = 0; i < N; i++) {
		switch (which) {
		case COPY: c[i] = a[i]; break;
		case SCALE: b[i] = FACTOR * c[i]; break;
		case ADD: c[i] = a[i] + b[i]; break;
		default: a[i] = b[i] + FACTOR * c[i]; break;
		}
	}
}

// The same on numbers instead of arrays.
static int right(void)
{
	double x = 1, y = 2, z = 0, worst = 0;

	for (int round = 0; round < ROUNDS; round++) {
		z = x;
		y = FACTOR * z;
		z = x + y;
		x = y + FACTOR * z;
	}
	for (long i = 0; i < N; i++)
		worst = fmax(worst, fmax(fabs(a[i] - x), fmax(fabs(b[i] - y), fabs(c[i] - z))));
	return worst <= 1e-12 * x;
}

int main(void)
{
	double best[KERNELS] = {1e9, 1e9, 1e9, 1e9};

	a = malloc(N * sizeof *a);
	b = malloc(N * sizeof *b);
	c = malloc(N * sizeof *c);
	if (!a || !b || !c)
		return 1;
	for (long i = 0; i < N; i++) {
		a[i] = 1;
		b[i] = 2;
		c[i] = 0;
	}
	for (int round = 0; round < ROUNDS; round++)
		for (int which = 0; which < KERNELS; which++) {
			double begin = omp_get_wtime();

			pass((enum kernel)which);
			best[which] = fmin(best[which], omp_get_wtime() - begin);
		}
	printf("%d threads, arrays of %zu MiB\n", omp_get_max_threads(), N * sizeof *a >> 20);
	for (int which = 0; which < KERNELS; which++)
		printf("%-6s %10.1f MB/s\n", kernel[which].name, kernel[which].arrays * N * sizeof *a / best[which] / 1e6);
	printf("Solution validates: %s\n", right() ? "yes" : "no");
	return !right();
}
