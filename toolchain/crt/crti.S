/* SPDX-License-Identifier: MIT */
/* Opens _init and _fini, which newlib calls around the constructor arrays; crtn.S closes them. */
	.section .init, "ax", @progbits
	.globl	_init
	.type	_init, @function
_init:
	sub	$8, %rsp

	.section .fini, "ax", @progbits
	.globl	_fini
	.type	_fini, @function
_fini:
	sub	$8, %rsp

	.section .note.GNU-stack, "", @progbits
