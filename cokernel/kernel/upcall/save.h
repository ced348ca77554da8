/* SPDX-License-Identifier: MIT */
/*
 * Saving and restoring all that ring 3 owns, for the assembly of upcalls. Above the five words of iretq on the stack, SAVE_REGISTERS
 * completes struct skl_registers (api/kernel/signal.h) and puts the XSAVE image below it; then rbx points to the former and rsp to
 * the latter.
 */
#ifndef SKELLIG_KERNEL_SAVE_H
#define SKELLIG_KERNEL_SAVE_H

#define XSAVE_SOFTWARE 464 /* bytes of the image that the processor leaves to software. [sdm/1] 13.4.1 */
#define XSAVE_HEADER 512

#ifdef __ASSEMBLER__

/*
 * For unwinders: the interrupted code's registers are where the word at XSAVE_SOFTWARE(%rsp) points. Not where rbx does: functions
 * that never return need not keep it. Between .cfi_startproc and .cfi_endproc.
 */
.macro DESCRIBE_SAVED
	.cfi_signal_frame
	.cfi_escape 0x0f, 4, 0x77, 0xd0, 0x03, 0x06 /* DW_CFA_def_cfa_expression: DW_OP_breg7 464, DW_OP_deref */
	.cfi_offset r15, 0
	.cfi_offset r14, 8
	.cfi_offset r13, 16
	.cfi_offset r12, 24
	.cfi_offset r11, 32
	.cfi_offset r10, 40
	.cfi_offset r9, 48
	.cfi_offset r8, 56
	.cfi_offset rdi, 64
	.cfi_offset rsi, 72
	.cfi_offset rbp, 80
	.cfi_offset rbx, 88
	.cfi_offset rdx, 96
	.cfi_offset rcx, 104
	.cfi_offset rax, 112
	.cfi_offset rip, 120
	.cfi_offset rsp, 144
.endm

.macro PUSH_GENERAL
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	pushq	%rbx
	pushq	%rbp
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	cld
.endm

.macro SAVE_VECTORS
	movq	%rsp, %rbx
	movl	skl_xsave_size(%rip), %eax
	subq	%rax, %rsp
	andq	$-64, %rsp
	xorl	%eax, %eax		/* xrstor faults on garbage in the header */
	.irp	offset, 0, 8, 16, 24, 32, 40, 48, 56
	movq	%rax, XSAVE_HEADER+\offset(%rsp)
	.endr
	movl	$-1, %eax
	movl	$-1, %edx
	xsave64	(%rsp)
	movq	%rbx, XSAVE_SOFTWARE(%rsp)
.endm

.macro RESTORE_ALL_BUT_FRAME
	movl	$-1, %eax
	movl	$-1, %edx
	xrstor64 (%rsp)
	movq	%rbx, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdi
	popq	%rsi
	popq	%rbp
	popq	%rbx
	popq	%rdx
	popq	%rcx
	popq	%rax
.endm

#endif

#endif
