/* SPDX-License-Identifier: MIT */
/* Into the monitor from the trampoline, out of it to ring 3, and off a stack that no longer matters. */
#include "assembly.h"

	.text

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

	.section .note.GNU-stack, "", @progbits
