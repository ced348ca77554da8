/* SPDX-License-Identifier: MIT */
/* newlib's <stdio.h>, plus POSIX's reading of lines, which it has by other names. */
#ifndef SKELLIG_STDIO_H
#define SKELLIG_STDIO_H

#include_next <stdio.h>

#if __POSIX_VISIBLE >= 200809
#ifdef __cplusplus
extern "C" {
#endif
ssize_t getline(char **__restrict, size_t *__restrict, FILE *__restrict);
ssize_t getdelim(char **__restrict, size_t *__restrict, int, FILE *__restrict);
#ifdef __cplusplus
}
#endif
#endif

#endif
