/* SPDX-License-Identifier: MIT */
/* newlib has the structure but not the function. */
#ifndef SKELLIG_UTIME_H
#define SKELLIG_UTIME_H

#include <sys/types.h>
#include_next <utime.h>

#ifdef __cplusplus
extern "C" {
#endif
int utime(const char *, const struct utimbuf *);
#ifdef __cplusplus
}
#endif

#endif
