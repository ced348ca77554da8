/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The public area of an enclave: the memory that isle and proxy share beside the isle's own, at SKL_PUBLIC_BASE.
 *
 * Ring 0 never takes a decision from it: everything here can be written by the user who started the isle. Layout, in pages:
 * boot | clock | per-CPU shared page of CPU 0..n-1 | ring of CPU 0..n-1 (two pages each) | slots.
 */
#ifndef SKELLIG_PUBLIC_H
#define SKELLIG_PUBLIC_H

#include "abi.h"
#include "address.h"

#define SKL_BOOT_OFFSET 0x0
#define SKL_CLOCK_OFFSET 0x1000
#define SKL_PERCPU_OFFSET(cpu) (0x2000 + 0x1000 * (uint64_t)(cpu))
#define SKL_RING_OFFSET(cpus, cpu) (SKL_PERCPU_OFFSET(cpus) + 0x2000 * (uint64_t)(cpu))
#define SKL_SLOT_OFFSET(cpus) SKL_RING_OFFSET(cpus, cpus)
#define SKL_SLOTS 1024u /* forwarded calls outstanding in one enclave; a power of two */
#define SKL_PUBLIC_SIZE(cpus) (SKL_SLOT_OFFSET(cpus) + SKL_SLOTS * 64ULL)

/* What ring 3 should know about itself. Written by the proxy before start; informs ring 3, never read by ring 0. */
struct skl_boot {
	uint64_t magic;		/* SKL_ABI_MAGIC */
	uint32_t revision;	/* SKL_ABI_REVISION */
	uint32_t flags;		/* SKL_BOOT_* */
	uint32_t cpus;		/* CPUs of the enclave, 1..SKL_MAX_CPUS */
	uint32_t slots;		/* SKL_SLOTS */
	uint64_t tsc_khz;	/* TSC ticks per millisecond */
	uint64_t own_base;	/* first own address (2 MiB aligned) that the isle may use, after the argument block */
	uint64_t own_end;	/* end of the first contiguous own range */
	uint64_t image_base;	/* lowest mapped image address */
	uint64_t image_end;	/* end of the image, rounded up to 4 KiB */
	uint64_t arguments;	/* address of an array: argc pointers, 0, environment pointers, 0 (in own memory) */
	uint32_t argc;
	uint32_t node;		/* NUMA node of CPU 0 */
	int32_t pid;		/* the proxy's: what getpid() answers */
	int32_t ppid;
	uint32_t uid, euid, gid, egid;
	uint32_t host_sleeping;	/* written by the proxy while it runs: 1 = kick me after submitting (a hint) */
	uint32_t umask;
	uint32_t extents;	/* entries used in extent[] */
	uint32_t reserved;
	uint64_t program;	/* address of the absolute name of the image's file (in own memory); 0: not told */
	struct {
		uint64_t va;	/* own memory beyond own_end too */
		uint64_t size;	/* bytes */
		uint32_t node;
		uint32_t reserved;
	} extent[128];
	uint64_t signals;	/* signals with a handler that have reached the proxy: it ORs in bit n - 1, kicks CPU 0; the isle takes with xchg */
};
SKL_CHECK_SIZE(struct skl_boot, 128 + 128 * 24 + 8);
#define SKL_BOOT_QEMU 0x1u    /* this enclave is a virtual machine */
#define SKL_BOOT_VERBOSE 0x2u /* HERMIT_VERBOSE: say what is refused */

/*
 * TSC to wall clock, a seqlock: read sequence (even), fields, sequence again. Written by the module (metal) or by the proxy
 * (QEMU) about once a second. ns = base + ((tsc - tsc_base) * multiplier >> 32).
 */
struct skl_clock {
	uint32_t sequence;	/* odd while being written */
	uint32_t reserved;
	uint64_t tsc_base;
	uint64_t monotonic_ns;	/* CLOCK_MONOTONIC at tsc_base */
	uint64_t realtime_ns;	/* CLOCK_REALTIME at tsc_base */
	uint64_t multiplier;	/* nanoseconds per tick, 32.32 fixed point */
};
SKL_CHECK_SIZE(struct skl_clock, 40);

/* A ring-3 frame as the monitor saves it: the five words of iretq. */
struct skl_frame {
	uint64_t rip;
	uint64_t cs;		/* SKL_USER_CS, filled in at enclave creation and by every upcall */
	uint64_t rflags;
	uint64_t rsp;
	uint64_t ss;		/* SKL_USER_SS */
};
SKL_CHECK_SIZE(struct skl_frame, 40);
#define SKL_USER_CS 0x33
#define SKL_USER_SS 0x2b

/*
 * The per-CPU shared page. GS base points to it. The monitor writes upcall frames here (the page is mapped for as long as the
 * enclave lives, so ring 0 cannot fault on it); what it reads from here (masked, in_exception) only decides how the isle itself
 * is treated.
 */
struct skl_percpu {
	uint32_t masked;	/* isle: 1 = no interrupt upcall now; the monitor sets it on each upcall */
	uint32_t in_exception;	/* monitor sets on exception upcall, isle clears; a second exception meanwhile ends the isle */
	uint64_t pending;	/* SKL_EVENT_*: the monitor ORs in, the isle takes with xchg */
	uint64_t self;		/* address of this page; written by whoever creates the enclave */
	uint32_t cpu;		/* index in the enclave */
	uint32_t sleeping;	/* isle: 1 = kick me after completing (a hint for the proxy) */
	uint64_t reserved[4];
	struct skl_frame interrupt;	/* frame of the last interrupt upcall, valid while masked */
	uint64_t reserved2[3];
	struct skl_frame exception;	/* frame of the last exception upcall, valid while in_exception */
	uint64_t vector;	/* exception number, 0..31 */
	uint64_t error;		/* error code or 0 */
	uint64_t address;	/* CR2 of a page fault */
	uint64_t scratch[16];	/* the isle's own */
};
SKL_CHECK_OFFSET(struct skl_percpu, pending, 8);
SKL_CHECK_OFFSET(struct skl_percpu, interrupt, 64);
SKL_CHECK_OFFSET(struct skl_percpu, exception, 128);
SKL_CHECK_OFFSET(struct skl_percpu, scratch, 192);

#define SKL_EVENT_TIMER 0x1u /* the deadline of timer() or wait() has passed */
#define SKL_EVENT_KICK 0x2u  /* a sibling CPU called kick() */
#define SKL_EVENT_HOST 0x4u  /* the proxy kicked: look at your slots */

#endif
