/* SPDX-License-Identifier: MIT */
/* The first instructions of a CPU that cpus.c starts: what it finds is noted in its job, then the code of the job runs. */
#include "job.h"

	.text
	.globl	job_entry
	.type	job_entry, @function
job_entry:			/* rdi = its job, rsp = end of its stack, upcalls masked, gs base = the per-CPU page */
	xorl	%ebp, %ebp
	movq	%rsp, JOB_STACK(%rdi)
	movl	%gs:PERCPU_INDEX, %eax
	movq	%rax, JOB_INDEX(%rdi)
	movl	%gs:PERCPU_MASKED, %eax
	movq	%rax, JOB_MASKED(%rdi)
	rdfsbase %rax
	movq	%rax, JOB_THREAD(%rdi)
	call	*JOB_CODE(%rdi)
	ud2
	.size	job_entry, . - job_entry

	.section .note.GNU-stack, "", @progbits
