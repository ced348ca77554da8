/* SPDX-License-Identifier: MIT */
/* The first instructions of an isle, and the note that says what it was linked for (note.h). */
#include <skellig/address.h>

#define BOOT_STACK_SIZE 16384

	.text
	.globl _start
	.type _start, @function
_start:				/* rdi = SKL_PUBLIC_BASE, rsp = 0, upcalls masked, gs base = the per-CPU page */
	.cfi_startproc
	.cfi_undefined rip
	leaq	boot_stack_top(%rip), %rsp
	xorl	%ebp, %ebp
	xorl	%eax, %eax
	wrfsbase %rax		/* no thread yet */
	fninit
	ldmxcsr	default_mxcsr(%rip)
	call	skl_start
	ud2
	.reloc	., R_X86_64_NONE, main	/* asked for before any archive is searched: main() may lie in one */
	.cfi_endproc
	.size _start, . - _start

	.section .rodata
	.align 4
default_mxcsr:
	.long	0x1f80		/* all floating-point exceptions masked, round to nearest. [sdm/1] 10.2.3 */

	.bss
	.align 16
	.skip	BOOT_STACK_SIZE
boot_stack_top:

	.section .note.skellig, "a", @note
	.align 4
	.long	8, 8, 1		/* n_namesz, n_descsz, SKL_NOTE_TYPE */
	.asciz	"Skellig"
	.long	1, 0		/* SKL_ABI_REVISION, flags; start.cpp asserts both */

	.section .note.GNU-stack, "", @progbits
