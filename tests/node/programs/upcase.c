/* SPDX-License-Identifier: MIT */
/* Copies standard input to standard output in capitals. */
#include <ctype.h>
#include <stdio.h>

int main(void)
{
	int c;

	while ((c = getchar()) != EOF)
		putchar(toupper(c));
	return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
