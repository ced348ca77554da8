// SPDX-License-Identifier: MIT
// What gdb looks at: a function that is called with each argument, a sum that becomes the exit status.
#include <stdio.h>
#include <stdlib.h>

static int calls;

static __attribute__((noinline)) int twice(int number)
{
	int result = number * 2;

	calls++;
	return result;
}

int main(int argc, char **argv)
{
	int total = 0;

	for (int i = 1; i < argc; i++)
		total += twice(atoi(argv[i]));
	printf("total %d\n", total);
	return total;
}
