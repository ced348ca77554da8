/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * An enclave in QEMU: where the proxy puts things in guest physical memory and which devices are the doorbell.
 * The monitor is the PVH kernel; its ELF segments are loaded at SKL_QEMU_MONITOR_PA.
 */
#ifndef SKELLIG_QEMU_H
#define SKELLIG_QEMU_H

#define SKL_QEMU_TRAMPOLINE_PA 0x8000	/* start code of the other CPUs */
#define SKL_QEMU_MONITOR_PA 0x100000	/* 1 MiB */
#define SKL_QEMU_BLOCKS_PA 0x400000	/* CPU blocks, by index; up to SKL_QEMU_MAX_CPUS */
#define SKL_QEMU_MAX_CPUS 64
#define SKL_QEMU_LAUNCH_PA 0x1000000	/* 16 MiB: the control area, its launch descriptor first. Extents follow it */
#define SKL_QEMU_DOORBELL_PORT 0x3f8	/* COM1, IRQ 4: a byte out = kick(host) or the isle ended; a byte in = SKL_EVENT_HOST */
#define SKL_QEMU_DOORBELL_IRQ 4

#endif
