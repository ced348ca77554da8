/* SPDX-License-Identifier: MIT */
/* Messages in System V's form: musl's function. */
#ifndef SKELLIG_FMTMSG_H
#define SKELLIG_FMTMSG_H

/* Where from: one of each group. */
#define MM_HARD 1
#define MM_SOFT 2
#define MM_FIRM 4
#define MM_APPL 8
#define MM_UTIL 16
#define MM_OPSYS 32
#define MM_RECOVER 64
#define MM_NRECOV 128

/* Where to. */
#define MM_PRINT 256
#define MM_CONSOLE 512

#define MM_NULLMC 0L
#define MM_NULLLBL ((char *)0)
#define MM_NULLSEV 0
#define MM_NULLTXT ((char *)0)
#define MM_NULLACT ((char *)0)
#define MM_NULLTAG ((char *)0)

#define MM_NOSEV 0
#define MM_HALT 1
#define MM_ERROR 2
#define MM_WARNING 3
#define MM_INFO 4

#define MM_OK 0
#define MM_NOTOK (-1)
#define MM_NOMSG 1
#define MM_NOCON 4

#ifdef __cplusplus
extern "C" {
#endif
int fmtmsg(long, const char *, int, const char *, const char *, const char *);
#ifdef __cplusplus
}
#endif

#endif
