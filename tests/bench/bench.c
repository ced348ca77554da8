/* SPDX-License-Identifier: MIT */
/*
 * What is measured, as one source for both sides: built by x86_64-hermit-gcc for an isle and by gcc for Linux.
 *
 *   bench main         the TSC on entering main()
 *   bench calls FIFO   every call REPEATS times; FIFO leads to `partner`, or is absent: no calibration
 *
 * One line a row: `samples NAME`, then TICKS:ISLE:PROXY for each repetition, where ISLE and PROXY are the looks that found
 * nothing on either side meanwhile (0 on Linux). report.py makes counts of them.
 */
#include "allocate.h"
#include "tsc.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REPEATS 200
#define ROUNDS 100 /* of pause, in calibration */

struct looks {
	uint32_t isle, proxy;
};

#ifdef __hermit__
#include <kernel/forward.h>

static struct looks empty_looks(void)
{
	struct skl_empty_looks now = skl_forward_empty_looks();

	return (struct looks){ now.isle, now.proxy };
}
#else
static struct looks empty_looks(void)
{
	return (struct looks){ 0, 0 };
}
#endif

struct sample {
	uint64_t ticks;
	struct looks looks;
};

static struct sample samples[REPEATS];
static char block[4096];
static int null_file, partner;

static void nothing(void) {}

static void loop_1000(void)
{
	uint64_t rounds = 1000;

	__asm__ volatile("1: dec %0; jnz 1b" : "+r"(rounds) : : "cc");
}

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

static void call_write(void)
{
	write(null_file, block, 1);
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

__attribute__((noinline)) static void measure_once(void (*call)(void), struct sample *sample)
{
	struct looks before = empty_looks();
	uint64_t start = tsc();

	call();
	sample->ticks = tsc() - start;
	struct looks after = empty_looks();

	sample->looks = (struct looks){ after.isle - before.isle, after.proxy - before.proxy };
}

/* So long (in rounds of pause) that the proxy has given up polling. */
static void let_proxy_sleep(void)
{
	pause_rounds(100000);
}

static void measure_after(const char *name, void (*before)(void), void (*call)(void))
{
	for (int i = 0; i < REPEATS; i++) {
		before();
		measure_once(call, &samples[i]);
	}
	printf("samples %s", name);
	for (int i = 0; i < REPEATS; i++)
		printf(" %llu:%u:%u", (unsigned long long)samples[i].ticks, samples[i].looks.isle, samples[i].looks.proxy);
	printf("\n");
}

/* A forwarded call before each sample: the proxy is awake, as in a program that is busy with calls. */
static void measure(const char *name, void (*call)(void))
{
	measure_after(name, call_write, call);
}

static int measure_calls(const char *fifo)
{
	null_file = open("/dev/null", O_WRONLY);
	if (null_file < 0)
		return 1;
	measure("nothing", nothing);
	measure("loop_1000", loop_1000);
	measure("getpid", call_getpid);
	measure("sched_yield", call_sched_yield);
	measure("clock_gettime", call_clock_gettime);
	measure("write_1", call_write);
	measure("write_4096", call_write_4096);
	measure("lseek", call_lseek);
	measure_after("write_asleep", let_proxy_sleep, call_write);
	if (measure_allocation(measure))
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
	if (argc >= 2 && !strcmp(argv[1], "calls"))
		return measure_calls(argc > 2 ? argv[2] : NULL);
	fprintf(stderr, "usage: bench main | bench calls [FIFO]\n");
	return 2;
}
