/* SPDX-License-Identifier: MIT */
/* newlib's <stdlib.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_STDLIB_H
#define SKELLIG_STDLIB_H

#include_next <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif
#if __MISC_VISIBLE
int getloadavg(double *, int);
int clearenv(void);
#endif
#if __GNU_VISIBLE
char *canonicalize_file_name(const char *);
#endif
#ifdef __cplusplus
}
#endif

#endif
