/* SPDX-License-Identifier: MIT */
/* Upcall entries as public.h describes them: frames copied before anything else, ring 3 saves its own state, returns by iretq. */
#include "pattern.h"

	.macro	PUSH_ALL
	.irp	register, rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
	push	%\register
	.endr
	.endm

	.macro	POP_ALL
	.irp	register, r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax
	pop	%\register
	.endr
	.endm

	.text
	.globl	interrupt_entry, exception_entry, hold_pattern

/* On the interrupted stack, below its red zone; vector registers saved with XSAVE. */
interrupt_entry:
	mov	%rax, %gs:192
	mov	%gs:88, %rsp
	sub	$(128 + 40), %rsp
	.irp	word, 0, 8, 16, 24, 32
	mov	%gs:64 + \word, %rax
	mov	%rax, \word(%rsp)
	.endr
	mov	%gs:192, %rax
1:	PUSH_ALL
	mov	%rsp, %rbp
	sub	$16384, %rsp
	and	$-64, %rsp
	xor	%ecx, %ecx
	.irp	word, 0, 8, 16, 24, 32, 40, 48, 56
	mov	%rcx, 512 + \word(%rsp)
	.endr
	mov	$-1, %eax
	mov	$-1, %edx
	xsave64	(%rsp)
	lea	120(%rbp), %rdi
	call	interrupt_upcall
	mov	$-1, %eax
	mov	$-1, %edx
	xrstor64 (%rsp)
	mov	%rbp, %rsp
	POP_ALL
	movl	$0, %gs:0
	cmpq	$0, %gs:8
	jne	2f
	iretq
2:	movl	$1, %gs:0
	jmp	1b

/* exception_upcall(struct Saved *): 15 registers, then the frame. */
exception_entry:
	sub	$40, %rsp
	PUSH_ALL
	.irp	word, 0, 8, 16, 24, 32
	mov	%gs:128 + \word, %rax
	mov	%rax, 120 + \word(%rsp)
	.endr
	mov	%rsp, %rdi
	mov	%rsp, %rbp
	and	$-16, %rsp
	call	exception_upcall
	mov	%rbp, %rsp
	movl	$0, %gs:4
	POP_ALL
	iretq

/* hold_pattern(rdi = volatile count, rsi = its target, rdx = how often to look for it): 0 if every register kept its value meanwhile. */
hold_pattern:
	push	%rbx
	push	%rbp
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	.set	i, 0
	.rept	16
	mov	$(PATTERN + i), %eax
	vmovd	%eax, %xmm0
	sub	$32, %rsp
	vpbroadcastd %xmm0, %ymm0
	vmovdqu	%ymm0, (%rsp)
	.set	i, i + 1
	.endr
	.set	i, 0
	.irp	n, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
	vmovdqu	32 * i(%rsp), %ymm\n
	.set	i, i + 1
	.endr
	mov	%rdx, %rax
	.set	i, 0
	.irp	register, rbx, rbp, r8, r9, r10, r11, r12, r13, r14, r15, rcx, rdx
	mov	$(PATTERN * 3 + i), %\register
	.set	i, i + 1
	.endr
1:	pause
	sub	$1, %rax
	jz	2f
	cmp	%rsi, (%rdi)
	jb	1b
2:	xor	%eax, %eax
	.set	i, 0
	.irp	register, rbx, rbp, r8, r9, r10, r11, r12, r13, r14, r15, rcx, rdx
	cmp	$(PATTERN * 3 + i), %\register
	setne	%sil
	or	%sil, %al
	.set	i, i + 1
	.endr
	mov	%eax, %esi
	.set	i, 0
	.irp	n, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
	vpcmpeqd 32 * i(%rsp), %ymm\n, %ymm\n
	vpmovmskb %ymm\n, %eax
	cmp	$-1, %eax
	setne	%al
	or	%al, %sil
	.set	i, i + 1
	.endr
	mov	%esi, %eax
	add	$(16 * 32), %rsp
	vzeroupper
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbp
	pop	%rbx
	ret

	.section .note.GNU-stack, "", @progbits
