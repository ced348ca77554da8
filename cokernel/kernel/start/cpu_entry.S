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
	fninit			/* control words come with each thread (thread/switch.S) */
	call	skl_cpu_main
	ud2
	.cfi_endproc
	.size skl_cpu_entry, . - skl_cpu_entry

	.section .note.GNU-stack, "", @progbits
