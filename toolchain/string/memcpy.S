/* SPDX-License-Identifier: MIT */
/*
 * memcpy, in place of newlib's: that one has no unwind information, so a crash in it would show no backtrace, and writes past the
 * caches from 256 bytes on. Blocks of 16 bytes whose ends overlap; from 2 KiB on the processor's own string copy, by words: fast on
 * processors without ERMS, too.
 *
 * It copies forwards, and reads its last bytes first: memmove relies on both where it moves bytes down.
 */
	.text
	.globl	memcpy
	.type	memcpy, @function
	.p2align 5
memcpy:
	.cfi_startproc
	mov	%rdi, %rax
	cmp	$16, %rdx
	jb	.Lless_than_16
	cmp	$2048, %rdx
	jae	.Lstring
	movups	-16(%rsi,%rdx), %xmm4	/* the last 16, whatever is between */
	lea	-16(%rdi,%rdx), %r8
	sub	$16, %rdx		/* this much before them, rounded up to blocks */
	jbe	.Llast
	cmp	$64, %rdx
	jb	.Lblocks
.Lfour_blocks:
	movups	(%rsi), %xmm0
	movups	16(%rsi), %xmm1
	movups	32(%rsi), %xmm2
	movups	48(%rsi), %xmm3
	movups	%xmm0, (%rdi)
	movups	%xmm1, 16(%rdi)
	movups	%xmm2, 32(%rdi)
	movups	%xmm3, 48(%rdi)
	add	$64, %rsi
	add	$64, %rdi
	sub	$64, %rdx
	cmp	$64, %rdx
	jae	.Lfour_blocks
	test	%rdx, %rdx
	jz	.Llast
.Lblocks:
	movups	(%rsi), %xmm0
	movups	%xmm0, (%rdi)
	add	$16, %rsi
	add	$16, %rdi
	sub	$16, %rdx
	ja	.Lblocks
.Llast:
	movups	%xmm4, (%r8)
	ret

.Lstring:
	movups	(%rsi), %xmm0		/* up to an aligned word, and the last 16 */
	movups	-16(%rsi,%rdx), %xmm4
	lea	-16(%rdi,%rdx), %r8
	lea	16(%rdi), %rcx
	and	$-16, %rcx
	sub	%rdi, %rcx
	add	%rcx, %rsi
	add	%rcx, %rdi
	sub	%rcx, %rdx
	mov	%rdx, %rcx
	shr	$3, %rcx
	rep movsq
	movups	%xmm0, (%rax)
	movups	%xmm4, (%r8)
	ret

.Lless_than_16:
	cmp	$8, %edx
	jb	.Lless_than_8
	mov	(%rsi), %rcx
	mov	-8(%rsi,%rdx), %rsi
	mov	%rcx, (%rdi)
	mov	%rsi, -8(%rdi,%rdx)
	ret
.Lless_than_8:
	cmp	$4, %edx
	jb	.Lless_than_4
	mov	(%rsi), %ecx
	mov	-4(%rsi,%rdx), %esi
	mov	%ecx, (%rdi)
	mov	%esi, -4(%rdi,%rdx)
	ret
.Lless_than_4:
	test	%edx, %edx
	jz	.Ldone
	movzbl	(%rsi), %ecx		/* first, middle and last: the same one for 1 */
	movzbl	-1(%rsi,%rdx), %r8d
	lea	-1(%rdi,%rdx), %r9
	shr	%edx
	movzbl	(%rsi,%rdx), %esi
	mov	%cl, (%rdi)
	mov	%sil, (%rdi,%rdx)
	mov	%r8b, (%r9)
.Ldone:
	ret
	.cfi_endproc
	.size	memcpy, . - memcpy

	.section .note.GNU-stack, "", @progbits
