/* SPDX-License-Identifier: MIT */
/*
 * How a CPU comes into the monitor and leaves it: gates, monitor-call dispatch, and the paths that are worth counting.
 *
 * Ring 0 runs with interrupts off except in `halt`. Interrupts from ring 3 find {shared page, Cpu} behind their frame on the main
 * stack; interrupts from ring 0 can only come out of `halt` and end it.
 */
#include <skellig/address.h>
#include <skellig/call.h>

#include "offsets.h"

	.text

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

/* ---- monitor calls ---- */

/* Where `int n` does not exist in ring 3 it arrives as #UD; the isle's call page is the only place that means a call. */
FUNCTION gate_invalid_opcode
	cmpl	$(SKL_CALL_PAGE & 0xffffffff), (%rsp)
	jne	1f
	cmpl	$(SKL_CALL_PAGE >> 32), 4(%rsp)
	jne	1f
	addq	$2, (%rsp)
	jmp	gate_call
1:	push	$0
	push	$6
	jmp	exception_common

FUNCTION gate_call
	cmp	$SKL_CALLS, %rax
	jae	2f
	mov	FRAME_CPU(%rsp), %rcx
	jmp	*call_table(, %rax, 8)
call_null:
	xor	%eax, %eax
	iretq
2:	mov	$-38, %rax		/* -ENOSYS */
	iretq

/* timer(rdi = deadline) */
call_timer:
	mov	%rdi, CPU_DEADLINE(%rcx)
	mov	CPU_TIMER_RATIO(%rcx), %rsi
	test	%rsi, %rsi
	jnz	call_timer_one_shot
	mov	%edi, %eax
	mov	%rdi, %rdx
	shr	$32, %rdx
	mov	$MSR_TSC_DEADLINE, %ecx
	wrmsr
	xor	%eax, %eax
	iretq

call_timer_one_shot:
	xor	%eax, %eax
	test	%rdi, %rdi
	jz	3f
	rdtsc
	shl	$32, %rdx
	or	%rdx, %rax
	sub	%rax, %rdi
	mov	$1, %eax
	jbe	3f
	mov	%rdi, %rax
	mul	%rsi
	shrd	$32, %rdx, %rax
	shr	$32, %rdx
	jnz	2f
	inc	%rax			/* never early by rounding */
	mov	%rax, %rdx
	shr	$32, %rdx
	jz	3f
2:	mov	$0xffffffff, %eax	/* too far: the handler sees that it is early and arms again */
3:	mov	CPU_APIC(%rcx), %rdx
	test	%rdx, %rdx
	jz	4f
	mov	%eax, APIC_TIMER_INITIAL(%rdx)
	xor	%eax, %eax
	iretq
4:	mov	$MSR_X2APIC_TIMER, %ecx
	wrmsr
	xor	%eax, %eax
	iretq

/* All the other calls: everything saved, answer in rax, callee-saved registers as C++ leaves them. */
call_slow:
	push	$0
	push	$SKL_CALL_VECTOR
	SAVE
	mov	%rsp, %rdi
	call	monitor_call
	add	$(17 * 8), %rsp
	iretq

	.section .rodata
	.balign	8
call_table:
	.quad	call_null	/* null */
	.quad	call_slow	/* wait */
	.quad	call_timer
	.quad	call_slow	/* kick */
	.quad	call_slow	/* map */
	.quad	call_slow	/* unmap */
	.quad	call_slow	/* protect */
	.quad	call_slow	/* set_upcall */
	.quad	call_slow	/* start */
	.quad	call_slow	/* stop */
	.quad	call_slow	/* log */
	.quad	call_slow	/* exit */
	.if (. - call_table) != 8 * SKL_CALLS
	.error	"call_table has not one entry for each call"
	.endif
	.text

/* ---- interrupts that become events ---- */

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

/* ---- interrupts that C++ serves ---- */

.macro INTERRUPT name, vector
FUNCTION \name
	testb	$3, 8(%rsp)
	jz	.Lidle_\@
	push	$0
	push	$\vector
	jmp	interrupt_common
.Lidle_\@:
	push	%rax
	xor	%eax, %eax		/* whoever halts looks at its mailbox and at its attention word */
	jmp	idle_event
.endm

	INTERRUPT gate_command, VECTOR_COMMAND
	INTERRUPT gate_shootdown, VECTOR_SHOOTDOWN
	INTERRUPT gate_control, VECTOR_CONTROL

FUNCTION gate_serial
	testb	$3, 8(%rsp)
	jz	1f
	push	$0
	push	$VECTOR_SERIAL
	jmp	interrupt_common
1:	push	%rax
	push	%rcx
	push	%rdx
	mov	%rsp, %rcx
	and	$-BLOCK_SIZE, %rcx
	lock orl $ATTENTION_SERIAL, BLOCK_CPU + CPU_ATTENTION(%rcx)
	jmp	idle_finish

interrupt_common:
	SAVE
	mov	%rsp, %rdi
	call	interrupt
	RESTORE

/* ---- exceptions ---- */

.macro EXCEPTION number, has_error=0
	.balign	16
gate_exception_\number:
	.if	!\has_error
	push	$0
	.endif
	push	$\number
	jmp	exception_common
.endm

	EXCEPTION 0
	EXCEPTION 1
	EXCEPTION 3
	EXCEPTION 4
	EXCEPTION 5
	EXCEPTION 7
	EXCEPTION 8, 1
	EXCEPTION 9
	EXCEPTION 10, 1
	EXCEPTION 11, 1
	EXCEPTION 12, 1
	EXCEPTION 13, 1
	EXCEPTION 14, 1
	EXCEPTION 15
	EXCEPTION 16
	EXCEPTION 17, 1
	EXCEPTION 18
	EXCEPTION 19
	EXCEPTION 20
	EXCEPTION 21, 1
	EXCEPTION 22
	EXCEPTION 23
	EXCEPTION 24
	EXCEPTION 25
	EXCEPTION 26
	EXCEPTION 27
	EXCEPTION 28
	EXCEPTION 29, 1
	EXCEPTION 30, 1
	EXCEPTION 31

/* #DF and #MC come here on their own stacks, everything else on the main stack. */
exception_common:
	SAVE
	mov	%rsp, %rdi
	call	exception
	RESTORE

/*
 * NMI, on its own stack. From ring 3 it is a command: move to the main stack, where an interrupted sibling may wait for long.
 * From ring 0 it only makes sure that the command is looked at on the way out: interrupt ourselves. It cannot nest: nothing in
 * that path returns by iretq before its end or faults.
 */
FUNCTION gate_nmi
	testb	$3, 8(%rsp)
	jnz	1f
	push	%rax
	push	%rcx
	push	%rdx
	mov	%rsp, %rcx
	and	$-BLOCK_SIZE, %rcx
	incl	BLOCK_NMIS(%rcx)
	add	$BLOCK_CPU, %rcx
	call	command_self
	jmp	idle_leave

1:	push	%rax
	push	%rcx
	mov	%rsp, %rax
	and	$-BLOCK_SIZE, %rax
	incl	BLOCK_NMIS(%rax)
	.irp	word, 0, 8, 16, 24, 32
	mov	16 + \word(%rsp), %rcx
	mov	%rcx, STACK_TOP - 40 + \word(%rax)
	.endr
	mov	8(%rsp), %rcx
	mov	%rcx, STACK_TOP - 48(%rax)
	mov	(%rsp), %rcx
	lea	STACK_TOP - 48(%rax), %rsp
	pop	%rax
	push	$0
	push	$2
	SAVE
	mov	%rsp, %rbp
	push	$0			/* iretq to the next instruction: NMIs may come again */
	push	%rbp
	push	$2
	push	$0x10
	push	$2f
	iretq
2:	mov	%rbp, %rdi
	call	interrupt
	RESTORE

/* rcx = Cpu; clobbers rax, rcx, rdx. The destination half of the ICR is left alone: somebody may be between its two writes. */
command_self:
	mov	CPU_APIC(%rcx), %rax
	test	%rax, %rax
	jz	1f
	movl	$(0x44000 + VECTOR_COMMAND), APIC_ICR(%rax)
	ret
1:	mov	$MSR_X2APIC_ICR, %ecx
	mov	$(0x44000 + VECTOR_COMMAND), %eax
	xor	%edx, %edx
	wrmsr
	ret

/* ---- ways out ---- */

/* enter_user(rdi = entry, rsi = stack, rdx = argument): ring 3 with nothing in its registers but the argument. */
FUNCTION enter_user
	mov	%rsp, %rax
	and	$-BLOCK_SIZE, %rax
	lea	STACK_TOP(%rax), %rsp
	push	$USER_SS
	push	%rsi
	push	$USER_FLAGS
	push	$USER_CS
	push	%rdi
	mov	%rdx, %rdi
	.irp	register, eax, ebx, ecx, edx, esi, ebp, r8d, r9d, r10d, r11d, r12d, r13d, r14d, r15d
	xor	%\register, %\register
	.endr
	iretq

/* continue_on_main_stack(rdi = function): forget what was going on here. */
FUNCTION continue_on_main_stack
	mov	%rsp, %rax
	and	$-BLOCK_SIZE, %rax
	lea	STACK_TOP(%rax), %rsp
	xor	%ebp, %ebp
	call	*%rdi
	ud2

/* The trampoline comes here: rdi = CPU block. */
FUNCTION monitor_entry
	lea	STACK_TOP(%rdi), %rsp
	xor	%ebp, %ebp
	call	cpu_main
	ud2

	.section .rodata
	.balign	8
	.globl	exception_gates
exception_gates:
	.quad	gate_exception_0, gate_exception_1, gate_nmi, gate_exception_3, gate_exception_4, gate_exception_5
	.quad	gate_invalid_opcode, gate_exception_7, gate_exception_8, gate_exception_9, gate_exception_10
	.quad	gate_exception_11, gate_exception_12, gate_exception_13, gate_exception_14, gate_exception_15
	.quad	gate_exception_16, gate_exception_17, gate_exception_18, gate_exception_19, gate_exception_20
	.quad	gate_exception_21, gate_exception_22, gate_exception_23, gate_exception_24, gate_exception_25
	.quad	gate_exception_26, gate_exception_27, gate_exception_28, gate_exception_29, gate_exception_30
	.quad	gate_exception_31

	.section .note.GNU-stack, "", @progbits
