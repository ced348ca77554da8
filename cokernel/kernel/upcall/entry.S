/* SPDX-License-Identifier: MIT */
/*
 * Where the monitor resumes ring 3 after an interrupt: save everything on the interrupted thread's own stack, serve, go back.
 *
 * On entry upcalls are masked, the interrupted frame is in the per-CPU page and all registers but rsp are the thread's. The frame is
 * copied below the thread's red zone, so after unmasking the next upcall cannot overwrite it. What becomes pending between serving
 * and unmasking is served before the return; an upcall between unmasking and iretq nests harmlessly.
 */
#include "percpu_offsets.h"

#define RED_ZONE 128
#define XSAVE_HEADER 512

	.text
	.globl skl_upcall_entry
	.type skl_upcall_entry, @function
skl_upcall_entry:
	movq	%rax, %gs:PERCPU_SCRATCH_0
	movq	%rbx, %gs:PERCPU_SCRATCH_1
	movq	%gs:PERCPU_INTERRUPT_RSP, %rax
	subq	$RED_ZONE, %rax
	movq	%gs:PERCPU_INTERRUPT_SS, %rbx
	movq	%rbx, -8(%rax)
	movq	%gs:PERCPU_INTERRUPT_RSP, %rbx
	movq	%rbx, -16(%rax)
	movq	%gs:PERCPU_INTERRUPT_RFLAGS, %rbx
	movq	%rbx, -24(%rax)
	movq	%gs:PERCPU_INTERRUPT_CS, %rbx
	movq	%rbx, -32(%rax)
	movq	%gs:PERCPU_INTERRUPT_RIP, %rbx
	movq	%rbx, -40(%rax)
	leaq	-40(%rax), %rsp
	movq	%gs:PERCPU_SCRATCH_1, %rbx
	movq	%gs:PERCPU_SCRATCH_0, %rax

.Lsave:
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
	movq	%rsp, %rbx
	movl	skl_xsave_size(%rip), %eax
	subq	%rax, %rsp
	andq	$-64, %rsp
	xorl	%eax, %eax		/* xrstor faults on garbage in the header */
	movq	%rax, XSAVE_HEADER(%rsp)
	movq	%rax, XSAVE_HEADER+8(%rsp)
	movq	%rax, XSAVE_HEADER+16(%rsp)
	movq	%rax, XSAVE_HEADER+24(%rsp)
	movq	%rax, XSAVE_HEADER+32(%rsp)
	movq	%rax, XSAVE_HEADER+40(%rsp)
	movq	%rax, XSAVE_HEADER+48(%rsp)
	movq	%rax, XSAVE_HEADER+56(%rsp)
	movl	$-1, %eax
	movl	$-1, %edx
	xsave64	(%rsp)

	call	skl_upcall

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
	movl	$0, %gs:PERCPU_MASKED
	cmpq	$0, %gs:PERCPU_PENDING
	jne	.Lreplay
	iretq

.Lreplay:
	movl	$1, %gs:PERCPU_MASKED
	jmp	.Lsave
	.size skl_upcall_entry, . - skl_upcall_entry

	.section .note.GNU-stack, "", @progbits
