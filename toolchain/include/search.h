/* SPDX-License-Identifier: MIT */
/* newlib's <search.h>, plus linear search and queues. */
#ifndef SKELLIG_SEARCH_H
#define SKELLIG_SEARCH_H

#include_next <search.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
void *lsearch(const void *, void *, size_t *, size_t, int (*)(const void *, const void *));
void *lfind(const void *, const void *, size_t *, size_t, int (*)(const void *, const void *));
void insque(void *, void *);
void remque(void *);
#ifdef __cplusplus
}
#endif

#endif
