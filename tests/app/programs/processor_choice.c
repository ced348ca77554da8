// SPDX-License-Identifier: MIT
// Functions of which the processor chooses the body: by target_clones, and by a resolver of the program's own; called from a constructor,
// too.
#include <stdio.h>

#include "check.h"

__attribute__((target_clones("avx2", "sse4.2", "default"))) double sum(const double *values, int count)
{
	double total = 0;

	for (int i = 0; i < count; i++)
		total += values[i];
	return total;
}

static int with(int value)
{
	return value + 1;
}

static int without(int value)
{
	return value - 1;
}

static int (*choose(void))(int)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("sse2") ? with : without;
}

int chosen(int value) __attribute__((ifunc("choose")));

static int early;

__attribute__((constructor)) static void first(void)
{
	early = chosen(1);
}

int main(void)
{
	double values[100];
	int (*volatile pointer)(int) = chosen;

	for (int i = 0; i < 100; i++)
		values[i] = i;
	printf("%g %d %d\n", sum(values, 100), chosen(41), early);
	check("by pointer", pointer(6) == 7);
	return 0;
}
