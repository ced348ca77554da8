/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The launch descriptor and the private control area of an enclave: the only thing the monitor believes.
 *
 * The control area is the first part of the enclave's first extent, carved out before any mmap exists: neither ring 3 nor the
 * proxy can map it. (In QEMU the proxy writes it; there the virtual machine is the fence.) Layout:
 *   SKL_CONTROL_LAUNCH   struct skl_launch, written by the module before start
 *   SKL_CONTROL_STATE    struct skl_control: what module and monitor tell each other while the isle lives
 *   SKL_CONTROL_CALL     the call page
 *   SKL_CONTROL_MONITOR  the monitor's own state of this enclave (2 pages)
 *   SKL_CONTROL_TABLES   page tables, up to the public area
 *   public_pa           the public area (public.h): up to the end, in QEMU from a multiple of 2 MiB on
 */
#ifndef SKELLIG_LAUNCH_H
#define SKELLIG_LAUNCH_H

#include "abi.h"
#include "record.h"

#define SKL_CONTROL_LAUNCH 0x0
#define SKL_CONTROL_STATE 0x8000
#define SKL_CONTROL_CALL 0xa000
#define SKL_CONTROL_MONITOR 0xb000
#define SKL_CONTROL_TABLES 0x10000

struct skl_launch_cpu {
	uint64_t block_pa;	/* its CPU block (mailbox.h) */
	uint32_t apic_id;
	uint32_t reserved;
};
SKL_CHECK_SIZE(struct skl_launch_cpu, 16);

#define SKL_EXTENT_OWN 0u   /* mapped read-write at va */
#define SKL_EXTENT_IMAGE 1u /* mapped as far as segments cover it, with their rights */

struct skl_extent {
	uint64_t va;		/* where isle and proxy see it, 2 MiB aligned */
	uint64_t pa;		/* 2 MiB aligned */
	uint64_t size;		/* bytes, a multiple of 2 MiB */
	uint32_t node;		/* NUMA node */
	uint32_t kind;		/* SKL_EXTENT_* */
};
SKL_CHECK_SIZE(struct skl_extent, 32);

struct skl_segment {
	uint64_t va;		/* 4 KiB aligned */
	uint64_t size;		/* bytes, a multiple of 4 KiB */
	uint32_t rights;	/* SKL_RIGHT_*; write and execute together are refused */
	uint32_t reserved;
};
SKL_CHECK_SIZE(struct skl_segment, 24);

#define SKL_LAUNCH_QEMU 0x1u /* no module: the doorbell is a serial port, stopping ends the machine */

struct skl_launch {
	uint64_t magic;		/* SKL_ABI_MAGIC */
	uint32_t revision;	/* SKL_ABI_REVISION */
	uint32_t flags;		/* SKL_LAUNCH_* */
	uint64_t enclave;	/* number, never used twice */
	uint64_t control_pa;	/* this area, 2 MiB aligned */
	uint64_t control_size;	/* bytes, a multiple of 2 MiB */
	uint64_t public_pa;	/* inside the area, at its end */
	uint64_t public_size;	/* SKL_PUBLIC_SIZE(cpus) rounded up to 4 KiB */
	uint64_t entry;		/* ring-3 rip; rdi = SKL_PUBLIC_BASE, rsp = 0, masked */
	uint64_t tsc_khz;
	uint32_t cpus;
	uint32_t extents;
	uint32_t segments;
	uint32_t grants;	/* 0 in this revision */
	struct skl_launch_cpu cpu[SKL_MAX_CPUS];
	struct skl_extent extent[SKL_MAX_EXTENTS];
	struct skl_segment segment[SKL_MAX_SEGMENTS];
};
SKL_CHECK_OFFSET(struct skl_launch, cpu, 88);
SKL_CHECK_SIZE(struct skl_launch, 88 + 4096 + 8192 + 384);

#define SKL_LOG_SIZE 4096u

struct skl_control {
	uint32_t doorbell_armed;	/* module sets 1, the monitor takes it with xchg before it rings: one outstanding at most */
	uint32_t doorbell_rung;		/* monitor sets 1, the module's interrupt handler clears */
	uint32_t doorbell_vector;	/* module; follows the interrupt's affinity */
	uint32_t doorbell_apic_id;	/* module */
	uint32_t doorbell_suppressed;	/* monitor: kicks that found armed == 0 */
	uint32_t tables_free;		/* monitor: table pages left, informs */
	uint64_t root_pa;		/* monitor: the PML4, informs (for tests that walk it from outside) */
	uint64_t entered_tsc;		/* monitor: TSC just before CPU 0 went to ring 3 */
	uint64_t reserved[3];
	struct skl_record record;
	uint32_t log_length;		/* monitor: bytes ever written, free running */
	uint32_t reserved2[3];
	uint8_t log[SKL_LOG_SIZE];	/* monitor: the last SKL_LOG_SIZE bytes, a ring */
};
SKL_CHECK_OFFSET(struct skl_control, record, 64);
SKL_CHECK_SIZE(struct skl_control, 64 + 208 + 16 + SKL_LOG_SIZE);

#endif
