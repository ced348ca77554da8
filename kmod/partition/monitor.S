/* SPDX-License-Identifier: GPL-2.0-only */
/* The flat monitor image, linked into the module. */
	.section .rodata, "a"
	.balign	4096
	.globl	skl_monitor_begin
skl_monitor_begin:
	.incbin	SKL_MONITOR_IMAGE
	.globl	skl_monitor_end
skl_monitor_end:
