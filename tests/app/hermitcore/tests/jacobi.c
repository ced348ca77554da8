// SPDX-License-Identifier: MIT
// Jacobi's method on a diagonally dominant system whose solution is known.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define N 128
#define LIMIT 1e-10

static double matrix[N][N], right[N];

// The solution is 1, 2, 3, ...
static void make_system(void)
{
	for (int i = 0; i < N; i++) {
		for (int j = 0; j < N; j++)
			matrix[i][j] = i == j ? 2.0 * N : 1.0 / (1 + abs(i - j));
		for (int j = 0; j < N; j++)
			right[i] += matrix[i][j] * (j + 1);
	}
}

// Returns how far the step has gone.
static double step(const double *from, double *to)
{
	double distance = 0;

	for (int i = 0; i < N; i++) {
		double rest = right[i];

		for (int j = 0; j < N; j++)
			if (j != i)
				rest -= matrix[i][j] * from[j];
		to[i] = rest / matrix[i][i];
		distance += (to[i] - from[i]) * (to[i] - from[i]);
	}
	return sqrt(distance);
}

int main(void)
{
	double *now = calloc(N, sizeof *now), *next = calloc(N, sizeof *next), error = 0;
	int steps = 0;

	if (!now || !next)
		return 1;
	make_system();
	for (double distance = 1; distance > LIMIT; steps++) {
		double *swap = now;

		distance = step(now, next);
		now = next;
		next = swap;
	}
	for (int i = 0; i < N; i++)
		error = fmax(error, fabs(now[i] - (i + 1)));
	printf("%d unknowns, %d steps, largest error below 1e-9: %s\n", N, steps, error < 1e-9 ? "yes" : "no");
	free(now);
	free(next);
	return 0;
}
