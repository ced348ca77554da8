/* SPDX-License-Identifier: MIT */
/*
 * Where SIPI starts a CPU: real mode, in a page below 1 MiB to which this was copied. Knows its place from CS; straight to long
 * mode on the tables that struct skl_trampoline names.
 */
#include "offsets.h"

#define AT(label) (label - trampoline_start)

	.section .trampoline, "a", @progbits
	.globl	trampoline_start, trampoline_end, trampoline_data
	.balign	16
	.code16
trampoline_start:
	cli
	cld
	mov	%cs, %ax
	mov	%ax, %ds
	movzwl	%ax, %ebx
	shl	$4, %ebx
	lea	AT(gdt)(%ebx), %eax
	mov	%eax, AT(gdt_pointer) + 2
	lea	AT(in_long_mode)(%ebx), %eax
	mov	%eax, AT(far_pointer)
	lgdtl	AT(gdt_pointer)
	mov	$0x20, %eax			/* CR4.PAE */
	mov	%eax, %cr4
	mov	AT(trampoline_data) + 4, %eax	/* root_pa */
	mov	%eax, %cr3
	mov	$0xc0000080, %ecx
	mov	$0x900, %eax			/* EFER.LME, NXE */
	xor	%edx, %edx
	wrmsr
	mov	$0x80010033, %eax		/* CR0.PG, WP, NE, ET, MP, PE */
	mov	%eax, %cr0
	ljmpl	*AT(far_pointer)

	.code64
in_long_mode:
	mov	$0x18, %eax
	mov	%eax, %ss
	mov	trampoline_data + 16(%rip), %rdi	/* block */
	lea	STACK_TOP(%rdi), %rsp
	jmp	*trampoline_data + 8(%rip)		/* entry */

	.balign	8
gdt:	.quad	0, 0, 0x00209b0000000000, 0x0000930000000000
gdt_pointer:
	.word	. - gdt - 1
	.long	0
far_pointer:
	.long	0
	.word	0x10

	.balign	8
trampoline_data:			/* struct skl_trampoline */
	.long	0, 0
	.quad	0, 0
trampoline_end:

	.section .note.GNU-stack, "", @progbits
