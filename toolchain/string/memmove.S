/* SPDX-License-Identifier: MIT */
/*
 * memmove, in place of newlib's, which moves word by word. Down, or where nothing overlaps, it is memcpy; up, blocks of 16 bytes from the
 * end on, and the first ones last.
 */
	.text
	.globl	memmove
	.type	memmove, @function
	.p2align 5
memmove:
	.cfi_startproc
	mov	%rdi, %rcx
	sub	%rsi, %rcx
	cmp	%rdx, %rcx
	jae	memcpy			/* unsigned: also if it goes down */
	cmp	$16, %rdx
	jb	memcpy			/* which reads so few before it writes */
	mov	%rdi, %rax
	movups	(%rsi), %xmm4		/* the first 16, whatever is between */
	cmp	$80, %rdx
	jb	.Lblocks
.Lfour_blocks:
	movups	-16(%rsi,%rdx), %xmm0
	movups	-32(%rsi,%rdx), %xmm1
	movups	-48(%rsi,%rdx), %xmm2
	movups	-64(%rsi,%rdx), %xmm3
	movups	%xmm0, -16(%rdi,%rdx)
	movups	%xmm1, -32(%rdi,%rdx)
	movups	%xmm2, -48(%rdi,%rdx)
	movups	%xmm3, -64(%rdi,%rdx)
	sub	$64, %rdx
	cmp	$80, %rdx
	jae	.Lfour_blocks
.Lblocks:
	cmp	$16, %rdx
	jbe	.Lfirst
	movups	-16(%rsi,%rdx), %xmm0
	movups	%xmm0, -16(%rdi,%rdx)
	sub	$16, %rdx
	jmp	.Lblocks
.Lfirst:
	movups	%xmm4, (%rdi)
	ret
	.cfi_endproc
	.size	memmove, . - memmove

	.section .note.GNU-stack, "", @progbits
