/* SPDX-License-Identifier: MIT */
/*
 * QEMU's entry: 32-bit protected mode without paging, image at SKL_QEMU_MONITOR_PA. Builds what the module builds on metal for
 * its pool (all memory in the window, the image at SKL_MONITOR_BASE) and goes on in pvh.cpp on the stack of CPU 0.
 */
#include <skellig/address.h>
#include <skellig/qemu.h>

#include "offsets.h"
#include "pvh.h"

#define PHYSICAL(symbol) ((symbol) - SKL_MONITOR_BASE + SKL_QEMU_MONITOR_PA)
#define LINK 3 /* present, writable */

	.text
	.code32
	.globl	pvh_start
pvh_start:
	cli
	cld
	xor	%eax, %eax
	mov	%eax, %fs
	mov	%eax, %gs
	mov	$BOOT_ROOT, %edi
	mov	$(BOOT_TABLES_SIZE / 4), %ecx
	rep stosl

	movl	$(BOOT_LOW + LINK), BOOT_ROOT
	movl	$(BOOT_LOW + LINK), BOOT_ROOT + 8 * SKL_WINDOW_SLOT
	movl	$(BOOT_HIGH + LINK), BOOT_ROOT + 8 * SKL_MONITOR_SLOT
	movl	$(BOOT_HIGH_2M + LINK), BOOT_HIGH + 8 * 510
	movl	$(BOOT_IMAGE + LINK), BOOT_HIGH_2M

	xor	%ecx, %ecx		/* four tables ... */
	mov	$(BOOT_MEGABYTES + LINK), %eax
1:	mov	%eax, BOOT_LOW(, %ecx, 8)
	add	$0x1000, %eax
	inc	%ecx
	cmp	$4, %ecx
	jb	1b

	xor	%ecx, %ecx		/* ... of 2 MiB pages */
	mov	$0x83, %eax
2:	mov	%eax, BOOT_MEGABYTES(, %ecx, 8)
	add	$0x200000, %eax
	inc	%ecx
	cmp	$2048, %ecx
	jb	2b
	orb	$0x18, BOOT_MEGABYTES + 8 * (0xfec00000 >> 21)	/* I/O APIC, local APIC: not cached */
	orb	$0x18, BOOT_MEGABYTES + 8 * (0xfee00000 >> 21)

	xor	%ecx, %ecx		/* the image: read-only, text executable */
	mov	$(SKL_QEMU_MONITOR_PA + 1), %eax
3:	mov	%eax, BOOT_IMAGE(, %ecx, 8)
	cmp	$(PHYSICAL(text_start) + 1), %eax
	jae	4f
	movl	$0x80000000, BOOT_IMAGE + 4(, %ecx, 8)
4:	add	$0x1000, %eax
	inc	%ecx
	cmp	$PHYSICAL(image_end), %eax
	jb	3b

	mov	$0x20, %eax		/* CR4.PAE */
	mov	%eax, %cr4
	mov	$BOOT_ROOT, %eax
	mov	%eax, %cr3
	mov	$0xc0000080, %ecx
	mov	$0x900, %eax		/* EFER.LME, NXE */
	xor	%edx, %edx
	wrmsr
	mov	$0x80010033, %eax	/* CR0.PG, WP, NE, ET, MP, PE */
	mov	%eax, %cr0
	lgdtl	PHYSICAL(gdt_pointer)
	ljmp	$0x10, $PHYSICAL(in_long_mode)

	.code64
in_long_mode:
	mov	$0x18, %eax
	mov	%eax, %ss
	mov	$(SKL_WINDOW_BASE + SKL_QEMU_BLOCKS_PA + STACK_TOP), %rsp
	mov	$pvh_main, %rax
	xor	%ebp, %ebp
	call	*%rax
	ud2

	.section .rodata
	.balign	8
gdt:	.quad	0, 0, 0x00209b0000000000, 0x0000930000000000
gdt_pointer:
	.word	. - gdt - 1
	.long	PHYSICAL(gdt)

	.section .note.GNU-stack, "", @progbits
