/* SPDX-License-Identifier: MIT */
/* Prints the wall clock: seconds since 1970. */
#include <stdio.h>
#include <time.h>

int main(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	printf("%lld.%09ld\n", (long long)time.tv_sec, (long)time.tv_nsec);
	return 0;
}
