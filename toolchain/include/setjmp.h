/* SPDX-License-Identifier: MIT */
/* Adds POSIX's jumps to newlib's, which has them for Cygwin and RTEMS only: _setjmp, and sigsetjmp with the signal mask. */
#ifndef SKELLIG_SETJMP_H
#define SKELLIG_SETJMP_H

#include_next <setjmp.h>
#include <sys/features.h>

#if __POSIX_VISIBLE
#include <sys/_sigset.h>

#ifdef __cplusplus
extern "C" {
#endif

struct __sigjmp_buf {
	jmp_buf __registers;
	int __mask_saved;
	__sigset_t __mask;
};
typedef struct __sigjmp_buf sigjmp_buf[1];

void __sigjmp_save(struct __sigjmp_buf *, int);
void siglongjmp(sigjmp_buf, int) __attribute__((__noreturn__));

#ifdef __cplusplus
}
#endif

/* Macros, since setjmp must be called by the function that is returned to. */
#define sigsetjmp(env, save) (__sigjmp_save((env), (save)), setjmp((env)->__registers))
#define _setjmp(env) setjmp(env)
#define _longjmp(env, value) longjmp(env, value)
#endif

#endif
