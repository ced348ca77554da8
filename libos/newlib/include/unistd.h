/* SPDX-License-Identifier: MIT */
/* newlib's <unistd.h>, plus what Linux programs expect there. */
#ifndef SKELLIG_UNISTD_H
#define SKELLIG_UNISTD_H

#include_next <unistd.h>

#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3

/* Beyond newlib's 140. */
#define _SC_UIO_MAXIOV _SC_IOV_MAX
#define _SC_MINSIGSTKSZ 141
#define _SC_SIGSTKSZ 142
#define _SC_NZERO 143
#define _SC_XOPEN_XCU_VERSION 144
#define _CS_PATH 0

#ifdef __cplusplus
extern "C" {
#endif
size_t confstr(int, char *, size_t);
int lockf(int, int, off_t);
pid_t gettid(void);
long (syscall)(long, ...); /* <hermit/syscall.h> has a macro of that name */
int getdomainname(char *, size_t);
int euidaccess(const char *, int);
int setreuid(uid_t, uid_t);
int setregid(gid_t, gid_t);
#ifdef __cplusplus
}
#endif

#ifndef environ
extern char **environ;
#endif

#endif
