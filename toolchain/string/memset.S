/* SPDX-License-Identifier: MIT */
/*
 * memset, in place of newlib's, which has no unwind information. Blocks of 16 bytes whose ends overlap; from 2 KiB on the
 * processor's own string store, by words: fast on processors without ERMS, too.
 */
	.text
	.globl	memset
	.type	memset, @function
	.p2align 5
memset:
	.cfi_startproc
	mov	%rdi, %r8		/* the answer */
	movzbl	%sil, %eax
	mov	$0x0101010101010101, %rcx
	imul	%rcx, %rax
	cmp	$16, %rdx
	jb	.Lless_than_16
	movq	%rax, %xmm0
	punpcklqdq %xmm0, %xmm0
	movups	%xmm0, -16(%rdi,%rdx)	/* the last 16, then what is before them */
	cmp	$2048, %rdx
	jae	.Lstring
	sub	$16, %rdx
	jbe	.Ldone
	cmp	$64, %rdx
	jb	.Lblocks
.Lfour_blocks:
	movups	%xmm0, (%rdi)
	movups	%xmm0, 16(%rdi)
	movups	%xmm0, 32(%rdi)
	movups	%xmm0, 48(%rdi)
	add	$64, %rdi
	sub	$64, %rdx
	cmp	$64, %rdx
	jae	.Lfour_blocks
	test	%rdx, %rdx
	jz	.Ldone
.Lblocks:
	movups	%xmm0, (%rdi)
	add	$16, %rdi
	sub	$16, %rdx
	ja	.Lblocks
.Ldone:
	mov	%r8, %rax
	ret

.Lstring:
	movups	%xmm0, (%rdi)		/* up to an aligned word */
	add	%rdi, %rdx
	add	$16, %rdi
	and	$-16, %rdi
	sub	%rdi, %rdx
	mov	%rdx, %rcx
	shr	$3, %rcx
	rep stosq
	mov	%r8, %rax
	ret

.Lless_than_16:
	cmp	$8, %edx
	jb	.Lless_than_8
	mov	%rax, (%rdi)
	mov	%rax, -8(%rdi,%rdx)
	mov	%r8, %rax
	ret
.Lless_than_8:
	cmp	$4, %edx
	jb	.Lless_than_4
	mov	%eax, (%rdi)
	mov	%eax, -4(%rdi,%rdx)
	mov	%r8, %rax
	ret
.Lless_than_4:
	test	%edx, %edx
	jz	.Ldone
	mov	%al, (%rdi)		/* first, middle and last: the same one for 1 */
	mov	%al, -1(%rdi,%rdx)
	shr	%edx
	mov	%al, (%rdi,%rdx)
	mov	%r8, %rax
	ret
	.cfi_endproc
	.size	memset, . - memset

	.section .note.GNU-stack, "", @progbits
