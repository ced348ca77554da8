/* SPDX-License-Identifier: MIT */
/* newlib's <time.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_TIME_H
#define SKELLIG_TIME_H

#include_next <time.h>

#define TIME_UTC 1

#ifdef __cplusplus
extern "C" {
#endif
time_t timegm(struct tm *);
time_t timelocal(struct tm *);
int timespec_get(struct timespec *, int);
#if __MISC_VISIBLE || __XSI_VISIBLE
extern long timezone; /* the same as _timezone and _daylight */
extern int daylight;
#endif
#if __XSI_VISIBLE || __GNU_VISIBLE
extern int getdate_err;
struct tm *getdate(const char *);
#endif
#ifdef __cplusplus
}
#endif

#endif
