/* SPDX-License-Identifier: MIT */
/* newlib's <search.h>, plus linear search and queues; tfind() takes a root that it may not change, as POSIX has it (newlib's own does not). */
#ifndef SKELLIG_SEARCH_H
#define SKELLIG_SEARCH_H

#ifdef SKL_COMPILING_NEWLIB
#include_next <search.h>
#else
#define tfind __newlib_tfind
#include_next <search.h>
#undef tfind
#endif

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
void *lsearch(const void *, void *, size_t *, size_t, int (*)(const void *, const void *));
void *lfind(const void *, const void *, size_t *, size_t, int (*)(const void *, const void *));
#ifndef SKL_COMPILING_NEWLIB
void *tfind(const void *, void *const *, int (*)(const void *, const void *));
#endif
void insque(void *, void *);
void remque(void *);
#ifdef __cplusplus
}
#endif

#endif
