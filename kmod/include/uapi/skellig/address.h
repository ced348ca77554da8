/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The address map of an isle. The proxy uses the same addresses, so pointers cross the ring unchanged.
 *
 * Constants carry no suffix where assembly and linker scripts read them.
 */
#ifndef SKELLIG_ADDRESS_H
#define SKELLIG_ADDRESS_H

/* The image: PT_LOAD segments of the ELF file, at the addresses they are linked for. */
#define SKL_IMAGE_MIN 0x10000
#define SKL_IMAGE_BASE 0x800000 /* where our linker script starts; HermitCore's base */
#define SKL_IMAGE_MAX 0x10000000000

/* The enclave's own memory, extent after extent. VA -> PA never changes while the enclave lives. */
#define SKL_OWN_BASE 0x20000000000
#define SKL_OWN_END 0x100000000000

/* Grants: memory of others that the host lets this enclave map. */
#define SKL_GRANT_BASE 0x200000000000
#define SKL_GRANT_END 0x300000000000

/* Boot page, clock page, per-CPU shared pages, rings, slots: layout in public.h. Isle and proxy write them. */
#define SKL_PUBLIC_BASE 0x300000000000
/* The call page: `int 0x81; ret`. Read and execute, the isle only. */
#define SKL_CALL_PAGE 0x300010000000
#define SKL_ISLE_END 0x300010001000

/* The proxy itself is linked here, out of the way of all the above. */
#define SKL_PROXY_BASE 0x600000000000

/*
 * Supervisor half, seen by the monitor only (U=0 everywhere).
 *
 * SKL_WINDOW_BASE + pa is where the monitor sees physical address pa. The pool's tables (parked CPUs) map there what the pool has
 * taken from Linux: memory, CPU blocks, the pool's root itself (to be read), the local APIC; an enclave's tables only its control
 * area, its CPUs' blocks and the local APIC.
 */
#define SKL_WINDOW_BASE 0xffffc00000000000
#define SKL_WINDOW_SLOT 384 /* first PML4 slot of the window; 127 slots, 63.5 TiB */
#define SKL_MONITOR_BASE 0xffffffff80000000 /* link address of the monitor image, PML4 slot 511 */
#define SKL_MONITOR_SLOT 511
/*
 * What LSTAR holds on lent CPUs. `syscall` is disabled there; a virtual machine that lets it jump all the same, without leaving
 * ring 3, gets a page fault at this very address.
 */
#define SKL_SYSCALL_TARGET SKL_MONITOR_BASE

#endif
