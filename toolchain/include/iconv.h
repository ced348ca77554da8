/* SPDX-License-Identifier: MIT */
/* Conversion between character sets: musl's. In place of newlib's <iconv.h>, behind which nothing is built. */
#ifndef SKELLIG_ICONV_H
#define SKELLIG_ICONV_H

#include <stddef.h>

typedef void *iconv_t;

#ifdef __cplusplus
extern "C" {
#endif
iconv_t iconv_open(const char *, const char *);
size_t iconv(iconv_t, char **__restrict, size_t *__restrict, char **__restrict, size_t *__restrict);
int iconv_close(iconv_t);
#ifdef __cplusplus
}
#endif

#endif
