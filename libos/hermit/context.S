/* SPDX-License-Identifier: MIT */
/*
 * Saving and resuming a context. What a call may change is not kept, but for the registers of arguments: makecontext() fills them in.
 * Offsets are ucontext_t's; context.cpp asserts them.
 */
#define FLOAT_STATE 232	/* __reserved[0]: MXCSR, and in the upper half the x87 control word; [1]: whether they are there */
#define MASK 296
#define R8 40
#define R9 48
#define R12 72
#define R13 80
#define R14 88
#define R15 96
#define RDI 104
#define RSI 112
#define RBP 120
#define RBX 128
#define RDX 136
#define RCX 152
#define RSP 160
#define RIP 168

/* The caller as it will be after the call, into the context at rdi. */
.macro SAVE
	movq	%rbx, RBX(%rdi)
	movq	%rbp, RBP(%rdi)
	movq	%r12, R12(%rdi)
	movq	%r13, R13(%rdi)
	movq	%r14, R14(%rdi)
	movq	%r15, R15(%rdi)
	movq	(%rsp), %rax
	movq	%rax, RIP(%rdi)
	leaq	8(%rsp), %rax
	movq	%rax, RSP(%rdi)
	movq	$0, FLOAT_STATE(%rdi)
	stmxcsr	FLOAT_STATE(%rdi)
	fnstcw	FLOAT_STATE+4(%rdi)
	movq	$1, FLOAT_STATE+8(%rdi)
.endm

	.text
	.globl getcontext
	.type getcontext, @function
getcontext:
	.cfi_startproc
	SAVE
	leaq	MASK(%rdi), %rdi
	jmp	skl_context_show_mask		/* answers 0 */
	.cfi_endproc
	.size getcontext, . - getcontext

	.globl swapcontext
	.type swapcontext, @function
swapcontext:
	.cfi_startproc
	SAVE
	pushq	%rsi
	.cfi_adjust_cfa_offset 8
	leaq	MASK(%rdi), %rdi
	call	skl_context_show_mask
	popq	%rdi
	.cfi_adjust_cfa_offset -8
	jmp	setcontext
	.cfi_endproc
	.size swapcontext, . - swapcontext

	.globl setcontext
	.type setcontext, @function
setcontext:
	.cfi_startproc
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	leaq	MASK(%rdi), %rdi
	call	skl_context_take_mask
	popq	%rdi
	.cfi_adjust_cfa_offset -8
	cmpq	$1, FLOAT_STATE+8(%rdi)		/* not where a signal handler has it from */
	jne	1f
	ldmxcsr	FLOAT_STATE(%rdi)
	fldcw	FLOAT_STATE+4(%rdi)
1:	movq	RBX(%rdi), %rbx
	movq	RBP(%rdi), %rbp
	movq	R12(%rdi), %r12
	movq	R13(%rdi), %r13
	movq	R14(%rdi), %r14
	movq	R15(%rdi), %r15
	movq	RSI(%rdi), %rsi
	movq	RDX(%rdi), %rdx
	movq	RCX(%rdi), %rcx
	movq	R8(%rdi), %r8
	movq	R9(%rdi), %r9
	movq	RIP(%rdi), %r11
	movq	RSP(%rdi), %rsp
	movq	RDI(%rdi), %rdi
	xorl	%eax, %eax
	jmp	*%r11
	.cfi_endproc
	.size setcontext, . - setcontext

/* Where the function of makecontext() returns to, uc_link in rbx. Nobody has called it: unwinding ends here. */
	.cfi_startproc
	.cfi_undefined rip
	nop
	.globl skl_context_end
	.type skl_context_end, @function
skl_context_end:
	andq	$-16, %rsp
	movq	%rbx, %rdi
	call	skl_context_ended
	ud2
	.cfi_endproc
	.size skl_context_end, . - skl_context_end

	.section .note.GNU-stack, "", @progbits
