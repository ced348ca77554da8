/* SPDX-License-Identifier: MIT */
/* The first instructions of every CPU of an isle but the first. */
	.text
	.globl skl_cpu_entry
	.type skl_cpu_entry, @function
skl_cpu_entry:			/* rdi = the CPU's idle thread, rsp = end of its stack, upcalls masked, gs base = the per-CPU page */
	.cfi_startproc
	.cfi_undefined rip
	xorl	%ebp, %ebp
	wrfsbase %rdi
	fninit
	ldmxcsr	default_mxcsr(%rip)
	call	skl_cpu_main
	ud2
	.cfi_endproc
	.size skl_cpu_entry, . - skl_cpu_entry

	.section .rodata
	.align 4
default_mxcsr:
	.long	0x1f80		/* all floating-point exceptions masked, round to nearest. [sdm/1] 10.2.3 */

	.section .note.GNU-stack, "", @progbits
