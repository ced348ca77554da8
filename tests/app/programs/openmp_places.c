// SPDX-License-Identifier: MIT
// Where OpenMP's threads run, as OMP_PLACES, OMP_PROC_BIND and OMP_NUM_THREADS say. Output does not depend on the CPU count.
#include "check.h"

#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1024 };

static int cpus; // that this program may use
static int place_of[MOST];

// The place's CPUs are just those that the calling thread may run on, and it does.
static int runs_in_place(int place)
{
	int ids[MOST], count = omp_get_place_num_procs(place), right;
	cpu_set_t allowed;

	sched_getaffinity(0, sizeof(allowed), &allowed);
	omp_get_place_proc_ids(place, ids);
	right = CPU_COUNT(&allowed) == count && CPU_ISSET(sched_getcpu(), &allowed);
	for (int i = 0; i < count; i++)
		right = right && CPU_ISSET(ids[i], &allowed);
	return right;
}

static int places_hold_each_cpu_once(void)
{
	int held[MOST] = {0}, ids[MOST], sum = 0;

	for (int place = 0; place < omp_get_num_places(); place++) {
		omp_get_place_proc_ids(place, ids);
		for (int i = 0; i < omp_get_place_num_procs(place); i++)
			if (ids[i] < 0 || ids[i] >= MOST || held[ids[i]]++)
				return 0;
		sum += omp_get_place_num_procs(place);
	}
	return sum == cpus;
}

// A team of so many threads: each is where its place is; answers how many places it uses, or -1.
static int places_used(int threads)
{
	int wrong = 0, used = 0, seen[MOST] = {0};

#pragma omp parallel num_threads(threads) reduction(+ : wrong)
	{
		int place = omp_get_place_num();
		place_of[omp_get_thread_num()] = place;
		wrong += place < 0 || place >= omp_get_num_places() || !runs_in_place(place);
	}
	for (int i = 0; i < threads && !wrong; i++)
		used += !seen[place_of[i]]++;
	return wrong ? -1 : used;
}

static void bound(void)
{
	int places = omp_get_num_places(), primary = omp_get_proc_bind() == omp_proc_bind_master;

	check("a team of one thread for each place uses all, or one if they are bound to the primary's",
	      places_used(places) == (primary ? 1 : places));
	check("so does a team of twice as many", places_used(2 * places) == (primary ? 1 : places));
	check("a thread alone has one", places_used(1) == 1);
	if (!primary)
		check("close neighbours follow each other", places_used(places) == places &&
		      (places < 2 || place_of[1] == (place_of[0] + 1) % places));
}

static int threads_by_default(void)
{
	int threads = 0;

#pragma omp parallel
#pragma omp single
	threads = omp_get_num_threads();
	return threads;
}

int main(void)
{
	const char *kind = getenv("OMP_PLACES"), *threads = getenv("OMP_NUM_THREADS");
	long online = sysconf(_SC_NPROCESSORS_ONLN);

	cpus = omp_get_num_procs();
#ifdef __hermit__
	check("processors are the CPUs there are", cpus == online);
#else
	check("processors are the CPUs there are", cpus >= 1 && cpus <= online); // its process may be allowed a part of them
#endif
	check("a team has a thread for each, unless told", threads_by_default() == (threads ? atoi(threads) : cpus));
	printf("bound %d, places %s\n", omp_get_proc_bind(), kind ? kind : "not named");
	if (kind && !strcmp(kind, "threads"))
		check("a place is a CPU", omp_get_num_places() == cpus && places_hold_each_cpu_once());
	if (kind && !strcmp(kind, "cores"))
		check("cores hold each CPU once", places_hold_each_cpu_once());
	if (kind && kind[0] == '{')
		check("the place is the one CPU", omp_get_num_places() == 1 && omp_get_place_num_procs(0) == 1);
	if (omp_get_proc_bind() != omp_proc_bind_false)
		bound();
	return 0;
}
