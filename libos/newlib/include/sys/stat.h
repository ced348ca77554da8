/* SPDX-License-Identifier: MIT */
/* newlib's <sys/stat.h>, plus the functions that it declares for Cygwin only. */
#ifndef SKELLIG_SYS_STAT_H
#define SKELLIG_SYS_STAT_H

#include_next <sys/stat.h>

#undef S_BLKSIZE
#define S_BLKSIZE 512 /* the unit of st_blocks */
#define UTIME_NOW (-2L)
#define UTIME_OMIT (-1L)

#ifdef __cplusplus
extern "C" {
#endif
int lstat(const char *__restrict, struct stat *__restrict);
int mknod(const char *, mode_t, dev_t);
#ifdef __cplusplus
}
#endif

#endif
