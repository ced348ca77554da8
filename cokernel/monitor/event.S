/* SPDX-License-Identifier: MIT */
/*
 * Interrupts that become events of the isle, and `halt`, the only place where ring 0 can be interrupted.
 *
 * Interrupts from ring 3 find {shared page, Cpu} behind their frame on the main stack; interrupts from ring 0 come out of `halt`.
 */
#include "assembly.h"

	.text

/* From ring 3: rdx = shared page, rcx = Cpu; rax, rcx, rdx are on the stack. Resumes, at the upcall's entry if it may be taken. */
.macro DELIVER event
	lock orq $\event, SHARED_PENDING(%rdx)
	EOI	%rcx
	mov	24 + FRAME_SHARED(%rsp), %rdx
	cmpl	$0, SHARED_MASKED(%rdx)
	jne	.Lresume_\@
	mov	24 + FRAME_CPU(%rsp), %rcx
	mov	CPU_INTERRUPT_ENTRY(%rcx), %rax
	test	%rax, %rax
	jz	.Lresume_\@
	movl	$1, SHARED_MASKED(%rdx)
	xchg	%rax, 24(%rsp)
	mov	%rax, SHARED_RIP(%rdx)
	mov	$USER_FLAGS, %eax
	xchg	%rax, 40(%rsp)
	mov	%rax, SHARED_RFLAGS(%rdx)
	mov	CPU_INTERRUPT_STACK(%rcx), %rax
	xchg	%rax, 48(%rsp)
	mov	%rax, SHARED_RSP(%rdx)
	movq	$USER_CS, SHARED_CS(%rdx)
	movq	$USER_SS, SHARED_SS(%rdx)
.Lresume_\@:
	pop	%rdx
	pop	%rcx
	pop	%rax
	iretq
.endm

.macro EVENT name, event
FUNCTION \name
	testb	$3, 8(%rsp)
	jz	.Lidle_\@
	push	%rax
	push	%rcx
	push	%rdx
	mov	24 + FRAME_CPU(%rsp), %rcx
	mov	24 + FRAME_SHARED(%rsp), %rdx
	DELIVER	\event
.Lidle_\@:
	push	%rax
	mov	$\event, %eax
	jmp	idle_event
.endm

	EVENT	gate_kick, EVENT_KICK
	EVENT	gate_host, EVENT_HOST

/* The timer only counts when the deadline has really passed: cancelled ones and parts of a long one-shot drop out. */
FUNCTION gate_timer
	testb	$3, 8(%rsp)
	jz	2f
	push	%rax
	push	%rcx
	push	%rdx
	mov	24 + FRAME_CPU(%rsp), %rcx
	rdtsc
	shl	$32, %rdx
	or	%rax, %rdx
	mov	CPU_DEADLINE(%rcx), %rax
	dec	%rax			/* none (0) becomes never */
	cmp	%rdx, %rax
	jae	1f
	movq	$0, CPU_DEADLINE(%rcx)
	mov	24 + FRAME_SHARED(%rsp), %rdx
	DELIVER	EVENT_TIMER
1:	pop	%rdx
	pop	%rcx
	pop	%rax
	push	$0
	push	$VECTOR_TIMER
	jmp	interrupt_common
2:	push	%rax
	xor	%eax, %eax		/* wait() looks at the clock itself */
	jmp	idle_event

/* Out of `halt`: eax = event bits, the old rax is on the stack. */
	.globl	idle_event, idle_finish, idle_leave
idle_event:
	push	%rcx
	push	%rdx
	mov	%rsp, %rcx
	and	$-BLOCK_SIZE, %rcx
	mov	BLOCK_CPU + CPU_SHARED(%rcx), %rdx
	lock orq %rax, SHARED_PENDING(%rdx)
	jmp	idle_finish

FUNCTION gate_stray
	push	%rax
	push	%rcx
	push	%rdx
	mov	%rsp, %rcx
	and	$-BLOCK_SIZE, %rcx
	incl	BLOCK_STRAY(%rcx)
	jmp	idle_finish

/* A spurious vector is not in service: nothing to acknowledge. */
FUNCTION gate_spurious
	push	%rax
	push	%rcx
	push	%rdx
	mov	%rsp, %rcx
	and	$-BLOCK_SIZE, %rcx
	incl	BLOCK_STRAY(%rcx)
	jmp	idle_leave

idle_finish:
	add	$BLOCK_CPU, %rcx
	EOI	%rcx
idle_leave:
	call	leave_halt
	pop	%rdx
	pop	%rcx
	pop	%rax
	iretq

/* If the frame above (behind three registers and our return address) is of `halt`, let it go on behind the hlt, interrupts off. */
leave_halt:
	cmpq	$halt_begin, 32(%rsp)
	jb	1f
	cmpq	$halt_end, 32(%rsp)
	ja	1f
	movq	$halt_end, 32(%rsp)
	andq	$~0x200, 48(%rsp)
1:	ret

/* An interrupt may come between sti and hlt when an NMI lifts the shadow of sti; whoever interrupts, the sleep is over. */
FUNCTION halt
halt_begin:
	sti
	hlt
halt_end:
	cli
	ret

	.section .note.GNU-stack, "", @progbits
