/* SPDX-License-Identifier: MIT */
/* Interrupts that C++ serves: mailbox commands, requests of siblings, the serial doorbell, NMI. */
#include "assembly.h"

	.text

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

	.globl	interrupt_common
interrupt_common:
	SAVE
	mov	%rsp, %rdi
	call	interrupt
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

	.section .note.GNU-stack, "", @progbits
