/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * CPU block and mailbox: what the module and the monitor share for each lent CPU, for as long as it is lent; and how the module
 * reads and starts the monitor image. Only the module and the monitor can reach any of this.
 *
 * A CPU block is 64 KiB, aligned to its size in physical memory, so that the monitor finds it from its stack pointer:
 *   0x0000 struct skl_mailbox     0x1000 monitor's per-CPU data, TSS, GDT     0x2000 IDT
 *   0x3000 NMI stack   0x4000 #DF stack   0x5000 #MC stack (4 KiB each)
 *   0x6000 XSAVE area of a stopped CPU (16 KiB)   0xa000 reserved   0xb000 guard page   0xc000 stack (16 KiB)
 */
#ifndef SKELLIG_MAILBOX_H
#define SKELLIG_MAILBOX_H

#include "abi.h"

#define SKL_CPU_BLOCK_SIZE 0x10000
#define SKL_CPU_BLOCK_DATA 0x1000
#define SKL_CPU_BLOCK_IDT 0x2000
#define SKL_CPU_BLOCK_NMI_STACK 0x3000
#define SKL_CPU_BLOCK_DF_STACK 0x4000
#define SKL_CPU_BLOCK_MC_STACK 0x5000
#define SKL_CPU_BLOCK_XSAVE 0x6000
#define SKL_CPU_BLOCK_XSAVE_SIZE 0x4000
#define SKL_CPU_BLOCK_GUARD 0xb000
#define SKL_CPU_BLOCK_STACK 0xc000

/* Interrupt vectors on lent CPUs. Linux's broadcast vectors (0xf0..0xff) and all others are acknowledged and dropped. */
#define SKL_VECTOR_COMMAND 0x41	  /* module: look at your mailbox */
#define SKL_VECTOR_HOST 0x42	  /* module: SKL_EVENT_HOST for the isle */
#define SKL_VECTOR_KICK 0x43	  /* sibling: SKL_EVENT_KICK */
#define SKL_VECTOR_TIMER 0x44	  /* local APIC timer */
#define SKL_VECTOR_SHOOTDOWN 0x45 /* sibling: reload CR3 */
#define SKL_VECTOR_CONTROL 0x46	  /* sibling: start or stop this CPU */
#define SKL_VECTOR_SPURIOUS 0x4f

#define SKL_COMMAND_NONE 0u
#define SKL_COMMAND_ENTER 1u  /* argument[0] = pa of the launch descriptor, argument[1] = CPU index. From PARKED only */
#define SKL_COMMAND_PARK 2u   /* leave the enclave, scrub the CPU's state, wait. Acknowledged after CR3 is the pool's */
#define SKL_COMMAND_PAUSE 3u  /* stop ring 3 where it is; registers stay */
#define SKL_COMMAND_RESUME 4u /* go on */
#define SKL_COMMAND_SCRUB 5u  /* argument[0] = pa, argument[1] = bytes (<= 64 MiB, 4 KiB aligned): zero it. From PARKED only */
#define SKL_COMMAND_OFF 6u    /* the CPU goes back to Linux: quiet the APIC, acknowledge, halt for good. From PARKED only */

#define SKL_CPU_STARTING 0u
#define SKL_CPU_PARKED 1u
#define SKL_CPU_ENTERED 2u /* belongs to an enclave */
#define SKL_CPU_PAUSED 3u
#define SKL_CPU_OFF 4u
#define SKL_CPU_FAILED 5u  /* an exception in the monitor while parked; record in the mailbox */

struct skl_mailbox {
	uint64_t magic;		/* module, before SIPI */
	uint32_t revision;	/* module */
	uint32_t linux_cpu;	/* module: for messages */
	uint32_t apic_id;	/* module */
	uint32_t flags;		/* module: SKL_MAILBOX_* */
	uint64_t pool_root_pa;	/* module: CR3 of parked CPUs */
	uint64_t image_pa;	/* module: the monitor image */
	uint64_t tsc_khz;	/* module */
	uint64_t reserved[2];
	/* posting: argument[], command, then sequence (release), then SKL_VECTOR_COMMAND or NMI */
	uint32_t sequence;	/* module */
	uint32_t command;	/* module: SKL_COMMAND_* */
	uint64_t argument[4];	/* module */
	uint64_t reserved2[3];
	/* answering: result, state, then acknowledged (release) */
	uint32_t acknowledged;	/* monitor: the sequence served last */
	int32_t result;		/* monitor: 0 or negative errno */
	uint32_t state;		/* monitor: SKL_CPU_* */
	uint32_t stray;		/* monitor: interrupts dropped */
	uint32_t nmis;		/* monitor: NMIs survived */
	uint32_t machine_checks;/* monitor */
	uint64_t alive;		/* monitor: SKL_ABI_MAGIC when it reached PARKED for the first time */
	uint64_t fault_rip;	/* monitor: state FAILED */
	uint64_t fault_error;
	uint64_t fault_address;
	uint32_t fault_vector;
	uint32_t reserved3;
};
SKL_CHECK_OFFSET(struct skl_mailbox, sequence, 64);
SKL_CHECK_OFFSET(struct skl_mailbox, acknowledged, 128);
SKL_CHECK_SIZE(struct skl_mailbox, 192);
#define SKL_MAILBOX_TEST_DEAF 0x1u /* test build: never acknowledge PARK */

/*
 * The flat monitor image starts with this header (offsets from its start, in bytes; parts are 4 KiB aligned). The module copies
 * the image to pages of its own and maps it at SKL_MONITOR_BASE: text read-execute, the rest read-only; it has no mutable data.
 */
struct skl_image_header {
	uint64_t magic;		/* SKL_ABI_MAGIC */
	uint32_t revision;	/* SKL_ABI_REVISION */
	uint32_t size;		/* of the image, a multiple of 4 KiB */
	uint32_t text_offset;	/* [text_offset, text_end): executable */
	uint32_t text_end;
	uint32_t trampoline_offset; /* real-mode start code, position independent, <= 4 KiB */
	uint32_t trampoline_size;
	uint32_t trampoline_data;   /* offset of struct skl_trampoline inside the trampoline */
	uint32_t reserved;
	uint64_t entry;		/* 64-bit virtual address the trampoline jumps to; rdi = CPU block (window address), on its stack */
};
SKL_CHECK_SIZE(struct skl_image_header, 48);

/* Filled by the module in the copy below 1 MiB before SIPI. */
struct skl_trampoline {
	uint32_t page;		/* physical address of the trampoline page */
	uint32_t root_pa;	/* CR3, below 4 GiB: the pool's root, which also maps the trampoline page one to one */
	uint64_t entry;		/* skl_image_header.entry */
	uint64_t block;		/* SKL_WINDOW_BASE + CPU block pa */
};
SKL_CHECK_SIZE(struct skl_trampoline, 24);

#endif
