/* SPDX-License-Identifier: MIT */
/* Prints the variables named. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *value = getenv(argv[i]);

		puts(value ? value : "(unset)");
	}
	return 0;
}
