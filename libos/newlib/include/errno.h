/* SPDX-License-Identifier: MIT */
/* newlib's <errno.h>, plus the name that the program was called by. */
#ifndef SKELLIG_ERRNO_H
#define SKELLIG_ERRNO_H

#include_next <errno.h>

#ifdef _GNU_SOURCE
#ifdef __cplusplus
extern "C" {
#endif
extern char *program_invocation_name, *program_invocation_short_name;
#ifdef __cplusplus
}
#endif
#endif

#endif
