/* SPDX-License-Identifier: MIT */
/* gmtime_r() and timegm() over musl's calendar, with the abbreviation that Linux's C library has. Compiled like musl's files. */
#include "libc.h"
#include "time_impl.h"

#include <errno.h>
#include <limits.h>

struct __libc __libc;

struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict result)
{
	if (__secs_to_tm(*time, result) < 0) {
		errno = EOVERFLOW;
		return 0;
	}
	result->tm_isdst = 0;
	result->__tm_gmtoff = 0;
	result->__tm_zone = "GMT";
	return result;
}

time_t timegm(struct tm *time)
{
	struct tm normal;
	long long seconds = __tm_to_secs(time);

	if (!gmtime_r(&seconds, &normal))
		return -1;
	*time = normal;
	return seconds;
}
