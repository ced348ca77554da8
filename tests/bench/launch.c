/* SPDX-License-Identifier: MIT */
/*
 * Starts a program again and again as a shell would, and prints how many ticks each start took.
 *
 * usage: launch ROUNDS PROGRAM ARGUMENT...     the program's first line of output is `main TSC`
 * One line: `samples launch`, then TICKS:0:0 from before vfork() to main(); then `samples ended`, from before vfork() to the
 * end of waitpid().
 */
#include "tsc.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ROUNDS 1000
#define QUIET_US 200000 /* between two starts: what the last one left behind is cleaned up */

struct start {
	uint64_t before, main, ended;
};

static struct start starts[MOST_ROUNDS];

/* In a pipe's buffer there is room for what the program says; so it can be read after the program has ended. */
static int start_once(char **command, struct start *start)
{
	unsigned long long entered;
	char line[256] = "";
	int ends[2], status;
	pid_t child;

	if (pipe(ends) < 0)
		return -1;
	start->before = tsc();
	child = vfork();
	if (child == 0) {
		dup2(ends[1], 1);
		execv(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	start->ended = tsc();
	close(ends[1]);
	read(ends[0], line, sizeof line - 1);
	close(ends[0]);
	if (status != 0 || sscanf(line, "main %llu", &entered) != 1) {
		fprintf(stderr, "launch: %s: wait status %#x, output `%s`\n", command[0], status, line);
		return -1;
	}
	start->main = entered;
	return 0;
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[1]) : 0;

	if (rounds < 1 || rounds > MOST_ROUNDS) {
		fprintf(stderr, "usage: launch ROUNDS PROGRAM ARGUMENT...\n");
		return 2;
	}
	for (int i = 0; i < rounds; i++) {
		if (start_once(argv + 2, &starts[i]) < 0)
			return 1;
		usleep(QUIET_US);
	}
	printf("samples launch");
	for (int i = 0; i < rounds; i++)
		printf(" %llu:0:0", (unsigned long long)(starts[i].main - starts[i].before));
	printf("\nsamples ended");
	for (int i = 0; i < rounds; i++)
		printf(" %llu:0:0", (unsigned long long)(starts[i].ended - starts[i].before));
	printf("\n");
	return 0;
}
