/* SPDX-License-Identifier: MIT */
/* newlib's <unistd.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_UNISTD_H
#define SKELLIG_UNISTD_H

#include_next <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif
pid_t gettid(void);
long syscall(long, ...);
int getdomainname(char *, size_t);
#ifdef __cplusplus
}
#endif

#ifndef environ
extern char **environ;
#endif

#endif
