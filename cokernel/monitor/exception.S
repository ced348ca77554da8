/* SPDX-License-Identifier: MIT */
/* The gates of all exceptions but NMI. */
#include "assembly.h"

	.text

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
	.globl	exception_common
exception_common:
	SAVE
	mov	%rsp, %rdi
	call	exception
	RESTORE

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
