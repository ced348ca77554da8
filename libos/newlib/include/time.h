/* SPDX-License-Identifier: MIT */
/* newlib's <time.h>, plus timegm(). */
#ifndef SKELLIG_TIME_H
#define SKELLIG_TIME_H

#include_next <time.h>

#ifdef __cplusplus
extern "C" {
#endif
time_t timegm(struct tm *);
#ifdef __cplusplus
}
#endif

#endif
