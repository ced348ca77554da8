/* SPDX-License-Identifier: MIT */
/* Ring-3 entry of the test program: rdi = public area, no stack yet. */
	.text
	.globl	_start
_start:
	lea	stack_top(%rip), %rsp
	call	isle_main
	ud2

	.bss
	.balign	4096
	.skip	65536
	.globl	stack_top
stack_top:
	.section .note.GNU-stack, "", @progbits
