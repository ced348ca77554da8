/* SPDX-License-Identifier: MIT */
/* What a signal handler sees of the interrupted program, in Linux's x86-64 layout. Changes take effect when the handler returns. */
#ifndef SKELLIG_SYS_UCONTEXT_H
#define SKELLIG_SYS_UCONTEXT_H

#include <sys/signal.h>

enum {
	REG_R8 = 0, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RDI, REG_RSI, REG_RBP, REG_RBX, REG_RDX,
	REG_RAX, REG_RCX, REG_RSP, REG_RIP, REG_EFL, REG_CSGSFS, REG_ERR, REG_TRAPNO, REG_OLDMASK, REG_CR2
};
#define NGREG 23

typedef long long greg_t;
typedef greg_t gregset_t[NGREG];

typedef struct {
	gregset_t gregs;
	void *fpregs; /* FXSAVE image, followed by the rest of XSAVE's. [sdm/1] 13.4 */
	unsigned long long __reserved[8];
} mcontext_t;

typedef struct ucontext_t {
	unsigned long uc_flags;
	struct ucontext_t *uc_link;
	stack_t uc_stack;
	mcontext_t uc_mcontext;
	sigset_t uc_sigmask;
} ucontext_t;

#endif
