/* SPDX-License-Identifier: MIT */
/* target, target teams, target data, and the memory of devices: an isle is the only device there is. */
#include "check.h"

#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 1000

#pragma omp declare target
static int global = 5;
static int twice(int value)
{
	return 2 * value;
}
#pragma omp end declare target

static void simple(void)
{
	int array[SIZE], sum = 0, initial = 0;
	struct { char text[21]; double number; } copied = { "copied", 1.5 };

	for (int i = 0; i < SIZE; i++)
		array[i] = i;
#pragma omp target map(tofrom : array, sum, initial) firstprivate(copied)
	{
		for (int i = 0; i < SIZE; i++)
			sum += array[i] = twice(array[i]);
		initial = omp_is_initial_device() && omp_get_num_threads() == 1 && !strcmp(copied.text, "copied") && copied.number == 1.5;
		copied.text[0] = 'X';
		global++;
	}
#pragma omp target update from(global)
	check("a region on the only device", sum == SIZE * (SIZE - 1) && initial && copied.text[0] == 'c' && global == 6);
	printf("devices %d, default %d, initial %d\n", omp_get_num_devices(), omp_get_default_device(), omp_get_initial_device());
}

static void loops(void)
{
	static double a[SIZE], b[SIZE];
	double sum = 0;

#pragma omp target enter data map(alloc : a, b)
#pragma omp target teams distribute parallel for simd
	for (int i = 0; i < SIZE; i++)
		a[i] = i;
#pragma omp target teams distribute parallel for num_teams(3) thread_limit(2) schedule(dynamic, 7)
	for (int i = 0; i < SIZE; i++)
		b[i] = 2 * a[i];
#pragma omp target parallel for reduction(+ : sum) map(tofrom : sum) num_threads(3)
	for (int i = 0; i < SIZE; i++)
		sum += b[i];
#pragma omp target exit data map(from : a) map(delete : b)
	check("loops over teams", sum == SIZE * (SIZE - 1.0));
}

static void numbered_teams(void)
{
	int seen[4] = { 0 }, counts[4] = { 0 }, inside = 0, after;

#pragma omp target teams num_teams(4) map(tofrom : seen, counts, inside)
	{
		seen[omp_get_team_num()]++;
		counts[omp_get_team_num()] = omp_get_num_teams();
#pragma omp parallel num_threads(2)
#pragma omp atomic
		inside += omp_get_team_num();
	}
	after = omp_get_num_teams() == 1 && omp_get_team_num() == 0;
	for (int i = 0; i < 4; i++)
		check("each team once", seen[i] == 1 && counts[i] == 4);
	check("threads know their team", inside == 2 * (0 + 1 + 2 + 3) && after);
}

static void in_order(void)
{
	int value = 1, other = 0;

#pragma omp parallel num_threads(3)
#pragma omp single
	{
#pragma omp task depend(out : value) shared(value)
		value = 2;
#pragma omp target nowait depend(inout : value) map(tofrom : value)
		value *= 10;
#pragma omp target depend(in : value) depend(out : other) map(to : value) map(from : other)
		other = value + 1;
#pragma omp taskwait
	}
	check("dependences", value == 20 && other == 21);
}

static void inside_a_region(void)
{
	int threads[4] = { 0 }, levels = 0;

#pragma omp parallel num_threads(4)
	{
		int mine = 0, level = -1, self = omp_get_thread_num();
#pragma omp target map(tofrom : mine, level)
		{
			level = omp_get_level();
			/* of this region's own team, not of the four */
#pragma omp for
			for (int i = 0; i < 10; i++)
				mine++;
		}
		threads[self] = mine;
#pragma omp atomic
		levels += level;
	}
	check("a target region in a parallel one has a team of its own", threads[0] + threads[1] + threads[2] + threads[3] == 40 && levels == 0);
}

/* gcc 12's runtime has none of these: there is nothing to compare with, but the right answer. */
static void asynchronous(void)
{
	int right = 1;
#ifdef __hermit__
	int here = omp_get_initial_device(), part[2] = { 0 };
	char text[8] = "abcdefg", to[4] = "xyz";
	int numbers[3][2] = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
	size_t volume[] = { 2, 1 }, to_offset[] = { 0, 0 }, from_offset[] = { 1, 1 }, to_size[] = { 2, 1 }, from_size[] = { 3, 2 };

	right = !omp_target_memcpy_async(to, text, 2, 1, 4, here, here, 0, NULL) && !strcmp(to, "xef");
	right = right && !omp_target_memcpy_rect_async(part, numbers, sizeof(int), 2, volume, to_offset, from_offset, to_size, from_size,
						       here, here, 0, NULL) && part[0] == 4 && part[1] == 6;
	right = right && omp_target_memset_async(text, 'z', 2, here, 0, NULL) == text && !strcmp(text, "zzcdefg");
	right = right && omp_target_memcpy_async(to, text, 2, 0, 0, here + 7, here, 0, NULL) == EINVAL;
#endif
	check("asynchronous copies are done", right);
}

static void device_memory(void)
{
	int here = omp_get_initial_device(), other = omp_get_num_devices() + 7;
	int source[4][5], part[2][3], *memory = omp_target_alloc(sizeof(source), here);
	size_t volume[] = { 2, 3 }, to_offset[] = { 0, 0 }, from_offset[] = { 1, 2 }, to_size[] = { 2, 3 }, from_size[] = { 4, 5 };

	for (int i = 0; i < 20; i++)
		source[i / 5][i % 5] = i;
	check("memory of the device", memory && omp_target_is_present(memory, here) && !omp_target_alloc(8, other));
	check("copied there", !omp_target_memcpy(memory, source, sizeof(source), 0, 0, here, here) && !memcmp(memory, source, sizeof(source)));
	check("with offsets", !omp_target_memcpy(memory, source, 8, 4, 12, here, here) && memory[1] == 3 && memory[2] == 4);
	check("a rectangle", !omp_target_memcpy_rect(part, source, sizeof(int), 2, volume, to_offset, from_offset, to_size, from_size, here, here));
	printf("%d %d %d %d\n", part[0][0], part[0][2], part[1][0], part[1][2]);
	check("no such device", omp_target_memcpy(memory, source, 4, 0, 0, other, here) == EINVAL);
	omp_target_free(memory, here);
}

int main(void)
{
	simple();
	loops();
	numbered_teams();
	in_order();
	inside_a_region();
	device_memory();
	asynchronous();
	return 0;
}
