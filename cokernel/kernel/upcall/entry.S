/* SPDX-License-Identifier: MIT */
/*
 * Where the monitor resumes ring 3 after an interrupt: save everything on the interrupted thread's own stack, serve, go back.
 *
 * On entry upcalls are masked, the interrupted frame is in the per-CPU page and all registers but rsp are the thread's. The frame is
 * copied below the thread's red zone, so after unmasking the next upcall cannot overwrite it. What becomes pending between serving
 * and unmasking is served before the return; an upcall between unmasking and iretq nests harmlessly.
 *
 * What it interrupts may be the first instructions of the exception entry, which have not masked upcalls yet. They are left at once, with
 * everything pending and upcalls masked on their behalf: a thread that stopped there would keep the exception stack from all others.
 */
#include "percpu_offsets.h"
#include "save.h"

#define RED_ZONE 128

	.text
	.globl skl_upcall_entry
	.type skl_upcall_entry, @function
skl_upcall_entry:
	.cfi_startproc
	cmpl	$0, %gs:PERCPU_IN_EXCEPTION
	jne	.Lin_exception
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
	PUSH_GENERAL
	SAVE_VECTORS
	DESCRIBE_SAVED
	movq	%rbx, %rdi
	movq	%rsp, %rsi
	call	skl_upcall
	RESTORE_ALL_BUT_FRAME
	movl	$0, %gs:PERCPU_MASKED
	cmpq	$0, %gs:PERCPU_PENDING
	jne	.Lreplay
	iretq

.Lreplay:
	movl	$1, %gs:PERCPU_MASKED
	jmp	.Lsave

.Lin_exception:
	movl	$MASKED_FOR_EXCEPTION, %gs:PERCPU_MASKED
	pushq	%gs:PERCPU_INTERRUPT_SS
	pushq	%gs:PERCPU_INTERRUPT_RSP
	pushq	%gs:PERCPU_INTERRUPT_RFLAGS
	pushq	%gs:PERCPU_INTERRUPT_CS
	pushq	%gs:PERCPU_INTERRUPT_RIP
	iretq
	.cfi_endproc
	.size skl_upcall_entry, . - skl_upcall_entry

	.section .note.GNU-stack, "", @progbits
