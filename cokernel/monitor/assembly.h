/* SPDX-License-Identifier: MIT */
/* Macros of the monitor's assembly files. */
#ifndef SKELLIG_MONITOR_ASSEMBLY_H
#define SKELLIG_MONITOR_ASSEMBLY_H

#include "offsets.h"

.macro FUNCTION name
	.globl	\name
	.type	\name, @function
	.balign	16
\name:
.endm

.macro SAVE
	push	%rax
	push	%rcx
	push	%rdx
	push	%rbx
	push	%rbp
	push	%rsi
	push	%rdi
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	cld
.endm

.macro RESTORE
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	pop	%rdi
	pop	%rsi
	pop	%rbp
	pop	%rbx
	pop	%rdx
	pop	%rcx
	pop	%rax
	add	$16, %rsp
	iretq
.endm

/* Acknowledges an interrupt; clobbers rax, rcx, rdx. */
.macro EOI cpu
	mov	CPU_APIC(\cpu), %rax
	test	%rax, %rax
	jz	.Leoi_x2_\@
	movl	$0, APIC_EOI(%rax)
	jmp	.Leoi_done_\@
.Leoi_x2_\@:
	mov	$MSR_X2APIC_EOI, %ecx
	xor	%eax, %eax
	xor	%edx, %edx
	wrmsr
.Leoi_done_\@:
.endm

#endif
