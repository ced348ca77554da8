/* SPDX-License-Identifier: MIT */
/*
 * What is measured, as one source for both sides: built by x86_64-hermit-gcc for an isle and by gcc for Linux.
 *
 *   bench main         the TSC on entering main()
 *   bench calls FIFO   calls and malloc; FIFO leads to `partner`, or is absent: no calibration
 *   bench threads      threads that share one CPU
 */
#include "measure.h"
#include "rows.h"
#include "tsc.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 100 /* of pause, in calibration */

static char block[4096];
static int partner;

static void call_getpid(void)
{
	getpid();
}

static void call_sched_yield(void)
{
	sched_yield();
}

static void call_clock_gettime(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
}

static void call_write_4096(void)
{
	write(null_file, block, sizeof block);
}

static void call_lseek(void)
{
	lseek(null_file, 0, SEEK_CUR);
}

/* The partner runs before write() returns: the caller of a forwarded call finds no answer that much more often. */
static void partner_pauses(uint8_t rounds)
{
	write(partner, &rounds, 1);
}

static void partner_pauses_0(void)
{
	partner_pauses(0);
}

static void partner_pauses_100(void)
{
	partner_pauses(ROUNDS);
}

/* The other side, if it waits for work, looks once in each round. */
static void pause_100(void)
{
	pause_rounds(ROUNDS);
}

/* So long (in rounds of pause) that the proxy has given up polling. */
static void let_proxy_sleep(void)
{
	pause_rounds(100000);
}

static int measure_calls(const char *fifo)
{
	measure_scale();
	measure("getpid", call_getpid);
	measure("sched_yield", call_sched_yield);
	measure("clock_gettime", call_clock_gettime);
	measure("write_1", call_write);
	measure("write_4096", call_write_4096);
	measure("lseek", call_lseek);
	measure_after("write_asleep", let_proxy_sleep, call_write);
	if (measure_allocation())
		return 1;
	if (!fifo)
		return 0;
	partner = open(fifo, O_WRONLY);
	if (partner < 0)
		return 1;
	measure("pause_100", pause_100);
	measure("partner_pauses_0", partner_pauses_0);
	measure("partner_pauses_100", partner_pauses_100);
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t entered = tsc();

	if (argc == 2 && !strcmp(argv[1], "main"))
		return printf("main %llu\n", (unsigned long long)entered) < 0;
	if (open_null_file() < 0)
		return 1;
	if (argc >= 2 && !strcmp(argv[1], "calls"))
		return measure_calls(argc > 2 ? argv[2] : NULL);
	if (argc == 2 && !strcmp(argv[1], "threads"))
		return measure_threads();
	fprintf(stderr, "usage: bench main | bench calls [FIFO] | bench threads\n");
	return 2;
}
