// SPDX-License-Identifier: MIT
// Ends by abort(), or by raising the signal named in the first argument.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void handler(int signal)
{
	printf("handler got it: %d\n", signal == SIGUSR1);
}

int main(int argc, char **argv)
{
	signal(SIGUSR1, handler);
	raise(SIGUSR1);
	fflush(stdout);
	if (argc > 1 && strcmp(argv[1], "TERM") == 0)
		raise(SIGTERM);
	if (argc > 1 && strcmp(argv[1], "USR2") == 0)
		raise(SIGUSR2);
	signal(SIGTERM, SIG_IGN);
	raise(SIGTERM);
	printf("ignored\n");
	fflush(stdout);
	abort();
}
