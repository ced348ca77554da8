// SPDX-License-Identifier: MIT
// Ends with the status in its first argument, after its exit handlers and with its output flushed.
#include <stdio.h>
#include <stdlib.h>

static void first(void)
{
	printf("handler registered first\n");
}

static void second(void)
{
	printf("handler registered second\n");
}

int main(int argc, char **argv)
{
	atexit(first);
	atexit(second);
	printf("no newline at the end");
	exit(argc > 1 ? atoi(argv[1]) : 0);
}
