// SPDX-License-Identifier: MIT
// Worksharing loops over unsigned long long that count down, with every schedule: which iterations there are, and that each is once.
#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef unsigned long long ull;

#define MOST 1500
static int times[MOST];

static void begin(void)
{
	memset(times, 0, sizeof times);
}

static int each_once(int count)
{
	for (int i = 0; i < MOST; i++)
		if (times[i] != (i < count))
			return 0;
	return 1;
}

#define LOOP(name, clauses, body) \
	static void name(ull from, ull to, ull step, int count) \
	{ \
		begin(); \
		_Pragma("omp parallel") _Pragma(clauses) for (ull i = from; i > to; i -= step) \
		{ \
			__atomic_add_fetch(&times[(from - i) / step], 1, __ATOMIC_RELAXED); \
			body; \
		} \
		printf("%s, %d: %s\n", #name, count, each_once(count) ? "yes" : "no"); \
	}

static ull last_seen;

static void note(ull i)
{
	if (i >= last_seen && last_seen)
		printf("%llu after %llu\n", i, last_seen);
	last_seen = i;
}

LOOP(static_parts, "omp for schedule(static, 7)", )
LOOP(dynamic_parts, "omp for schedule(dynamic, 7)", )
LOOP(monotonic_parts, "omp for schedule(monotonic: dynamic, 3)", )
LOOP(guided_parts, "omp for schedule(guided, 5)", )
LOOP(monotonic_guided, "omp for schedule(monotonic: guided, 2)", )
LOOP(runtime_parts, "omp for schedule(runtime)", )
LOOP(monotonic_runtime, "omp for schedule(monotonic: runtime)", )
LOOP(automatic_parts, "omp for schedule(auto)", )
LOOP(ordered_static, "omp for ordered schedule(static, 4)", _Pragma("omp ordered") note(i))
LOOP(ordered_dynamic, "omp for ordered schedule(dynamic, 4)", _Pragma("omp ordered") note(i))
LOOP(ordered_guided, "omp for ordered schedule(guided, 4)", _Pragma("omp ordered") note(i))
LOOP(ordered_runtime, "omp for ordered schedule(runtime)", _Pragma("omp ordered") note(i))

static void (*const loops[])(ull, ull, ull, int) = {
	static_parts,	   dynamic_parts,   monotonic_parts, guided_parts,    monotonic_guided, runtime_parts,
	monotonic_runtime, automatic_parts, ordered_static,  ordered_dynamic, ordered_guided,	 ordered_runtime,
};

/* Memory and reductions come with the construct. (lastprivate(conditional) is left out: what gcc 12 makes of it takes the first part for
 * the last where a loop counts down.) */
static void with_memory(ull top)
{
	ull sum = 0;
	int count = 0;
	ull sums[100];

#pragma omp parallel for reduction(inscan, + : sum)
	for (ull i = top; i > top - 300; i -= 3) {
		sum += top - i;
#pragma omp scan inclusive(sum)
		sums[(top - i) / 3] = sum;
	}
	printf("scan: %llu %llu\n", sums[1], sums[99]);
#pragma omp parallel
#pragma omp for schedule(dynamic, 5) reduction(task, + : count)
	for (ull i = top; i > top - 300; i -= 3) {
#pragma omp task in_reduction(+ : count)
		count++;
	}
	printf("tasks: %d\n", count);
}

int main(void)
{
	const ull half = 1ULL << 63;

	for (unsigned i = 0; i < sizeof loops / sizeof *loops; i++) {
		last_seen = 0;
		loops[i](half + 4470, half - 30, 3, 1500);
		last_seen = 0;
		loops[i](~0ULL, ~0ULL - 100, 7, 15);
		last_seen = 0;
		loops[i](5, 0, 1, 5);
		loops[i](5, 5, 1, 0);
		loops[i](5, 9, 1, 0);
	}
	with_memory(half + 150);
	return 0;
}
