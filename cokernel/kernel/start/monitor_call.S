/* SPDX-License-Identifier: MIT */
/* A C function call turned into a monitor call: number and arguments move to the registers that call.h names. */
#include <skellig/address.h>

	.text
	.globl skl_monitor_call
	.type skl_monitor_call, @function
skl_monitor_call:
	.cfi_startproc
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movabsq	$SKL_CALL_PAGE, %rcx
	jmp	*%rcx		/* r8 and r9 are where they belong already; the call page returns to our caller */
	.cfi_endproc
	.size skl_monitor_call, . - skl_monitor_call

	.section .note.GNU-stack, "", @progbits
