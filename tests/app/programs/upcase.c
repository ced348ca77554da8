// SPDX-License-Identifier: MIT
// Standard input to standard output, in capitals: a filter for pipes.
#include <ctype.h>
#include <stdio.h>

int main(void)
{
	int c;

	while ((c = getchar()) != EOF)
		putchar(toupper(c));
	return ferror(stdin) || fflush(stdout) != 0;
}
