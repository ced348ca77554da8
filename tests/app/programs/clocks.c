// SPDX-License-Identifier: MIT
// Clocks move forwards, agree with each other, and sleeping takes as long as asked for.
#include "check.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(clockid_t clock)
{
	struct timespec time;

	if (clock_gettime(clock, &time) != 0)
		return -1;
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void)
{
	struct timeval now;
	struct timespec pause = {0, 30000000}, resolution, bad = {0, 1000000000};
	long long last = nanoseconds(CLOCK_MONOTONIC), first = last;
	int forwards = 1;

	for (int i = 0; i < 20000; i++) {
		long long next = nanoseconds(CLOCK_MONOTONIC);
		forwards &= next >= last;
		last = next;
	}
	check("monotonic never runs backwards", forwards);
	check("monotonic moves", last > first);

	gettimeofday(&now, NULL);
	check("after 2020", now.tv_sec > 1577836800);
	check("gettimeofday is CLOCK_REALTIME", nanoseconds(CLOCK_REALTIME) / 1000000000 - now.tv_sec <= 1);
	check("time is CLOCK_REALTIME", nanoseconds(CLOCK_REALTIME) / 1000000000 - time(NULL) <= 1);

	long long before = nanoseconds(CLOCK_MONOTONIC), cpu_before = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	check("nanosleep", nanosleep(&pause, NULL) == 0);
	long long slept = nanoseconds(CLOCK_MONOTONIC) - before, computed = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_before;
	check("slept long enough", slept >= 30000000);
	check("slept not for ever", slept < 2000000000);
	check("sleeping is not computing", computed < slept);
	check("bad time is refused", nanosleep(&bad, NULL) == -1);

	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += 1;
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	check("slept until", nanoseconds(CLOCK_MONOTONIC) >= until.tv_sec * 1000000000LL + until.tv_nsec);

	check("resolution", clock_getres(CLOCK_MONOTONIC, &resolution) == 0 && resolution.tv_sec == 0 && resolution.tv_nsec <= 1000);
	struct tms times_used;
	struct rusage usage;
	check("times", times(&times_used) != (clock_t)-1 && sysconf(_SC_CLK_TCK) == 100);
	check("getrusage", getrusage(RUSAGE_SELF, &usage) == 0);
	check("clock", clock() != (clock_t)-1);
	time_t billion = 1000000000;
	char text[64];
	strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime(&billion));
	printf("%s\n", text);
	return 0;
}
