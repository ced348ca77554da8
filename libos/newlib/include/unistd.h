/* SPDX-License-Identifier: MIT */
/* newlib's <unistd.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_UNISTD_H
#define SKELLIG_UNISTD_H

#include_next <unistd.h>

#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3

#ifdef __cplusplus
extern "C" {
#endif
int lockf(int, int, off_t);
pid_t gettid(void);
long (syscall)(long, ...); /* <hermit/syscall.h> has a macro of that name */
int getdomainname(char *, size_t);
#ifdef __cplusplus
}
#endif

#ifndef environ
extern char **environ;
#endif

#endif
