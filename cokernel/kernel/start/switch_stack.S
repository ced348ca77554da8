/* SPDX-License-Identifier: MIT */
/* Leaves the stack of start-up for good. */
	.text
	.globl skl_switch_stack
	.type skl_switch_stack, @function
skl_switch_stack:
	.cfi_startproc
	.cfi_undefined rip	/* the outermost frame: unwinding ends here */
	movq	%rdi, %rsp
	xorl	%ebp, %ebp
	call	*%rsi
	ud2
	.cfi_endproc
	.size skl_switch_stack, . - skl_switch_stack

	.section .note.GNU-stack, "", @progbits
