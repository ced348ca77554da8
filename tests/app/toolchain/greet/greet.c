// SPDX-License-Identifier: MIT
// Prints a greeting and a root, so that stdio and libm are linked.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *word(int number);

int main(int argc, char **argv)
{
	printf("%s %s %.3f\n", word(0), argc > 1 ? argv[1] : word(1), sqrt((double)argc + 1));
	return EXIT_SUCCESS;
}
