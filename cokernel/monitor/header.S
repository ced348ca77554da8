/* SPDX-License-Identifier: MIT */
/* struct skl_image_header at the start of the image, and the note by which QEMU finds the 32-bit entry. */
#include <skellig/address.h>
#include <skellig/qemu.h>

#include "offsets.h"

	.section .header, "a", @progbits
	.quad	IMAGE_MAGIC
	.long	IMAGE_REVISION
	.long	image_size
	.long	text_offset
	.long	text_limit
	.long	trampoline_offset
	.long	trampoline_size
	.long	trampoline_data_offset
	.long	0
	.quad	monitor_entry

#define XEN_ELFNOTE_PHYS32_ENTRY 18

	.section .note.pvh, "a", @note
	.balign	4
	.long	4
	.long	8
	.long	XEN_ELFNOTE_PHYS32_ENTRY
	.asciz	"Xen"
	.quad	pvh_start - SKL_MONITOR_BASE + SKL_QEMU_MONITOR_PA

	.section .note.GNU-stack, "", @progbits
