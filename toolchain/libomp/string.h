/* SPDX-License-Identifier: MIT */
/* newlib's <string.h>, with the strerror_r() that returns an error number: LLVM's OpenMP runtime expects POSIX's. */
#ifndef SKELLIG_LIBOMP_STRING_H
#define SKELLIG_LIBOMP_STRING_H

#include_next <string.h>

#ifdef __cplusplus
extern "C" {
#endif
int __xpg_strerror_r(int, char *, size_t);
#ifdef __cplusplus
}
#endif
#define strerror_r __xpg_strerror_r

#endif
