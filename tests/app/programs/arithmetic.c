// SPDX-License-Identifier: MIT
// Floating point, number formats, sorting, setjmp: the C library as such.
#include <float.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf environment;

static void __attribute__((noinline)) jump_from_here(int value)
{
	longjmp(environment, value);
}

static void __attribute__((noinline)) jump(int value)
{
	jump_from_here(value);
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

int main(void)
{
	int numbers[] = {5, 3, 9, -1, 0, 77, 8};
	volatile double zero = 0, one = 1;
	volatile int most = INT_MAX, least = INT_MIN;

	printf("%.17g %.17g %.17g\n", sqrt(2), sin(1), exp(10));
	printf("%g %g %g\n", 1 / zero, -1 / zero, DBL_MIN / 4);
	printf("%g %g %g %g\n", scalbn(one, most), scalbn(one, least), scalbnf((float)one, most), ldexp(-one, most));
	printf("%Lf %a\n", 1.25L, 0.1);
	printf("%5d|%-5d|%05d|%x|%o|%lld|%zu\n", 42, 42, 42, 255u, 8u, 123456789012345LL, sizeof(long));
	printf("%s %.3s %c %%\n", "text", "truncated", 'x');
	printf("%ld %lu %g\n", strtol("-123", NULL, 10), strtoul("ff", NULL, 16), strtod("2.5e3", NULL));
	qsort(numbers, 7, sizeof *numbers, compare);
	for (int i = 0; i < 7; i++)
		printf("%d ", numbers[i]);
	printf("\n");
	int value = setjmp(environment);
	if (value == 0)
		jump(42);
	printf("setjmp %d\n", value);
	double sum = 0;
	for (int i = 1; i < 1000000; i++)
		sum += 1.0 / i;
	printf("%.12f\n", sum);
	char text[] = "one two  three";
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		printf("<%s>", word);
	printf("\n");
	return 0;
}
