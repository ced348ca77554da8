/* SPDX-License-Identifier: MIT */
/* Linux x86-64 system-call numbers that make sense in an isle. The proxy answers ENOSYS to what it has no row for. */
#ifndef SKELLIG_SYS_SYSCALL_H
#define SKELLIG_SYS_SYSCALL_H

#define SYS_read 0
#define SYS_write 1
#define SYS_open 2
#define SYS_close 3
#define SYS_mmap 9
#define SYS_mprotect 10
#define SYS_munmap 11
#define SYS_brk 12
#define SYS_sched_yield 24
#define SYS_getpid 39
#define SYS_clone 56
#define SYS_fork 57
#define SYS_vfork 58
#define SYS_execve 59
#define SYS_exit 60
#define SYS_kill 62
#define SYS_arch_prctl 158
#define SYS_gettid 186
#define SYS_futex 202
#define SYS_sched_setaffinity 203
#define SYS_sched_getaffinity 204
#define SYS_getdents64 217
#define SYS_exit_group 231
#define SYS_openat 257
#define SYS_getrandom 318

#undef syscall /* <hermit/syscall.h>'s */
#ifdef __cplusplus
extern "C"
#endif
long syscall(long, ...);

#endif
