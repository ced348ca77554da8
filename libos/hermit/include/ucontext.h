/* SPDX-License-Identifier: MIT */
/* User contexts: several flows of control in one thread, each with a stack of its own. Changing over never leaves ring 3. */
#ifndef SKELLIG_UCONTEXT_H
#define SKELLIG_UCONTEXT_H

#include <sys/ucontext.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What a call may not change, the arguments' registers, rounding and exception masks of both floating-point units, the signal mask.
 * As in glibc, a context that a signal handler was given is resumed without the rest of its registers.
 */
int getcontext(ucontext_t *context);
int setcontext(const ucontext_t *context);
int swapcontext(ucontext_t *from, const ucontext_t *to);

/*
 * On uc_stack, with `count` integers or pointers, as many as there may be. At its end the context uc_link goes on; where there is none,
 * the thread ends.
 */
void makecontext(ucontext_t *context, void (*function)(void), int count, ...);

#ifdef __cplusplus
}
#endif

#endif
