/* SPDX-License-Identifier: MIT */
/*
 * Where the monitor resumes ring 3 after an exception: on the CPU's exception stack, all registers but rsp the thread's. If libos
 * handles it, everything moves to the stack that it names, which leaves this one free for the next; if not, the instruction runs
 * again, and this time the monitor ends the isle with all registers as they were.
 */
#include "percpu_offsets.h"
#include "save.h"

	.text
	.globl skl_exception_entry
	.type skl_exception_entry, @function
skl_exception_entry:
	.cfi_startproc
	pushq	%gs:PERCPU_EXCEPTION_SS
	pushq	%gs:PERCPU_EXCEPTION_RSP
	pushq	%gs:PERCPU_EXCEPTION_RFLAGS
	pushq	%gs:PERCPU_EXCEPTION_CS
	pushq	%gs:PERCPU_EXCEPTION_RIP
	PUSH_GENERAL
	SAVE_VECTORS
	DESCRIBE_SAVED
	movl	$1, %r12d
	xchgl	%r12d, %gs:PERCPU_MASKED
	andl	$1, %r12d		/* MASKED_FOR_EXCEPTION: an upcall has come meanwhile */
	movq	%rbx, %rdi
	movq	%rsp, %rsi
	movl	%r12d, %edx
	call	skl_exception		/* rax: the copied XSAVE image, rdx: the copied registers; or 0 */
	testq	%rax, %rax
	jz	.Lagain
	movq	%rax, %rsp
	movq	%rdx, %rbx
	movl	$0, %gs:PERCPU_IN_EXCEPTION
	movq	%rbx, %rdi
	movq	%rsp, %rsi
	call	skl_exception_on_thread	/* unmasks */
	RESTORE_ALL_BUT_FRAME
	iretq

.Lagain:
	movl	$0, %gs:PERCPU_IN_EXCEPTION
	movl	%r12d, %gs:PERCPU_MASKED
	RESTORE_ALL_BUT_FRAME
	iretq
	.cfi_endproc
	.size skl_exception_entry, . - skl_exception_entry

/* skl_interrupt_self(): our caller is the interrupted code. */
	.globl skl_interrupt_self
	.type skl_interrupt_self, @function
skl_interrupt_self:
	.cfi_startproc
	popq	%r11			/* return address: volatile registers are nobody's here */
	.cfi_adjust_cfa_offset -8
	.cfi_register rip, r11
	movq	%rsp, %r10
	pushq	$USER_SS
	pushq	%r10
	pushfq
	pushq	$USER_CS
	pushq	%r11
	PUSH_GENERAL
	SAVE_VECTORS
	DESCRIBE_SAVED
	movq	%rbx, %rdi
	movq	%rsp, %rsi
	call	skl_interrupted_self
	RESTORE_ALL_BUT_FRAME
	iretq
	.cfi_endproc
	.size skl_interrupt_self, . - skl_interrupt_self

/* skl_call_on_stack(top, function, number, info, context) */
	.globl skl_call_on_stack
	.type skl_call_on_stack, @function
skl_call_on_stack:
	.cfi_startproc
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	andq	$-16, %rdi
	movq	%rdi, %rsp
	movq	%rsi, %rax
	movl	%edx, %edi
	movq	%rcx, %rsi
	movq	%r8, %rdx
	call	*%rax
	movq	%rbp, %rsp
	popq	%rbp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size skl_call_on_stack, . - skl_call_on_stack

	.section .note.GNU-stack, "", @progbits
