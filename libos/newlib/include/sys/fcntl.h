/* SPDX-License-Identifier: MIT */
/* newlib's <fcntl.h>, plus flags of POSIX and Linux that it leaves out. Translated like the others before they reach Linux. */
#ifndef SKELLIG_SYS_FCNTL_H
#define SKELLIG_SYS_FCNTL_H

#include_next <sys/fcntl.h>

#define O_DSYNC 0x4000000
#define O_RSYNC O_SYNC
#define O_LARGEFILE 0
#if __GNU_VISIBLE
#define O_TMPFILE (0x800000 | O_DIRECTORY)
#define O_NOATIME 0x1000000
#define O_PATH 0x2000000
#endif

#ifdef __cplusplus
extern "C" {
#endif
int posix_fallocate(int, off_t, off_t);
int posix_fadvise(int, off_t, off_t, int);
#ifdef __cplusplus
}
#endif

#define POSIX_FADV_NORMAL 0
#define POSIX_FADV_RANDOM 1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED 3
#define POSIX_FADV_DONTNEED 4
#define POSIX_FADV_NOREUSE 5

#endif
