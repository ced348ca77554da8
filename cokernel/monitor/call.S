/* SPDX-License-Identifier: MIT */
/* Monitor calls: the gate of `int 0x81`, dispatch, and the calls that are worth counting instructions for. */
#include <skellig/address.h>
#include <skellig/call.h>

#include "assembly.h"

	.text

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

	.section .note.GNU-stack, "", @progbits
