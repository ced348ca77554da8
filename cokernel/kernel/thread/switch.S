/* SPDX-License-Identifier: MIT */
/*
 * skl_switch(where to save the stack pointer, stack pointer to go on with): what a function must keep goes on the stack that is left
 * and comes from the stack that is entered; so do the control words of x87 and SSE, which belong to the thread. [abi/x86-64] 3.2.1
 */
	.text
	.globl skl_switch
	.type skl_switch, @function
skl_switch:
	.cfi_startproc
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbx, 0
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r12, 0
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r13, 0
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r14, 0
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r15, 0
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	ldmxcsr	(%rsp)
	fldcw	4(%rsp)
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%r15
	.cfi_adjust_cfa_offset -8
	.cfi_restore r15
	popq	%r14
	.cfi_adjust_cfa_offset -8
	.cfi_restore r14
	popq	%r13
	.cfi_adjust_cfa_offset -8
	.cfi_restore r13
	popq	%r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore r12
	popq	%rbx
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbx
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbp
	ret
	.cfi_endproc
	.size skl_switch, . - skl_switch

/* Where a new context begins: rbx holds the function. The outermost frame: unwinding ends here. */
	.globl skl_switch_begin
	.type skl_switch_begin, @function
skl_switch_begin:
	.cfi_startproc
	.cfi_undefined rip
	call	*%rbx
	ud2
	.cfi_endproc
	.size skl_switch_begin, . - skl_switch_begin

	.section .note.GNU-stack, "", @progbits
