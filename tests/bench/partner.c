/* SPDX-License-Identifier: MIT */
/*
 * The other end of bench's FIFO, on Linux: reads a byte and executes so many pauses, before the writer's call returns.
 *
 * usage: partner FIFO       ends when the last writer has closed it
 */
#include "tsc.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sched_param priority = { .sched_priority = 1 };
	uint8_t rounds;
	int fifo;

	if (argc != 2) {
		fprintf(stderr, "usage: partner FIFO\n");
		return 2;
	}
	/* So that it takes the CPU from the writer at once. */
	if (sched_setscheduler(0, SCHED_FIFO, &priority) < 0) {
		perror("partner: SCHED_FIFO");
		return 1;
	}
	fifo = open(argv[1], O_RDONLY);
	if (fifo < 0) {
		perror(argv[1]);
		return 1;
	}
	while (read(fifo, &rounds, 1) == 1)
		pause_rounds(rounds);
	return 0;
}
