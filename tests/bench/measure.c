/* SPDX-License-Identifier: MIT */
/* How a call is measured; see measure.h. */
#include "measure.h"

#include "tsc.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define REPEATS 200

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
int null_file = -1;

int open_null_file(void)
{
	return null_file = open("/dev/null", O_WRONLY);
}

void call_write(void)
{
	write(null_file, "", 1);
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

static void nothing(void) {}

void measure_after(const char *name, void (*before)(void), void (*call)(void))
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

void measure(const char *name, void (*call)(void))
{
	measure_after(name, call_write, call);
}

void measure_alone(const char *name, void (*call)(void))
{
	measure_after(name, nothing, call);
}

static void loop_1000(void)
{
	uint64_t rounds = 1000;

	__asm__ volatile("1: dec %0; jnz 1b" : "+r"(rounds) : : "cc");
}

void measure_scale(void)
{
	measure("nothing", nothing);
	measure("loop_1000", loop_1000);
}
