/* SPDX-License-Identifier: MIT */
/* Prints a line every tenth of a second, for ever: an isle that computes, sleeps and calls Linux in turn. */
#include <stdio.h>
#include <time.h>

int main(void)
{
	const struct timespec tenth = { 0, 100000000 };

	for (unsigned long i = 0;; i++) {
		printf("%lu\n", i);
		fflush(stdout);
		nanosleep(&tenth, NULL);
	}
}
