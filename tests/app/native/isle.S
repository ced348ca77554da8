/* SPDX-License-Identifier: MIT */
/* The monitor's gates, natively: a call page that reaches C, and the first jump. */
	.section .data.rel.ro, "aw", @progbits
	.globl native_call_page, native_call_page_end
native_call_page:
	movabsq	$native_call, %r11
	jmp	*%r11
native_call_page_end:

	.text
native_call:			/* number in rax, arguments in rdi rsi rdx r8 r9; caller-saved registers are ours */
	movq	%rdx, %rcx
	movq	%rsi, %rdx
	movq	%rdi, %rsi
	movq	%rax, %rdi
	pushq	%rbp
	movq	%rsp, %rbp
	andq	$-16, %rsp
	call	native_monitor_call
	leave
	ret

	.globl native_enter
native_enter:			/* (percpu, entry, public base) */
	wrgsbase %rdi
	movq	%rsi, %rax
	movq	%rdx, %rdi
	xorl	%esp, %esp
	jmp	*%rax

	.section .note.GNU-stack, "", @progbits
