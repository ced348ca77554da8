/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * How an isle ended. Written once by the monitor in the enclave's private control area; the proxy gets it from the module
 * (SKL_IOC_RECORD) or, in QEMU, reads it in guest memory.
 */
#ifndef SKELLIG_RECORD_H
#define SKELLIG_RECORD_H

#include "abi.h"

#define SKL_RECORD_NONE 0u	    /* still alive */
#define SKL_RECORD_EXIT 1u	    /* SKL_CALL_EXIT; status as given to exit() */
#define SKL_RECORD_PANIC 2u	    /* SKL_CALL_EXIT with this kind: abort() or a library-kernel assertion; status = signal number */
#define SKL_RECORD_EXCEPTION 3u	    /* ring 3 raised an exception that it does not handle */
#define SKL_RECORD_MACHINE_CHECK 4u /* #MC on one of its CPUs */
#define SKL_RECORD_MONITOR 5u	    /* an exception inside the monitor: a bug of ours, the CPU is parked */
#define SKL_RECORD_STOPPED 6u	    /* ended from outside (park by the host) */
#define SKL_RECORD_REFUSED 7u	    /* the monitor refused the launch descriptor; error tells the field */

struct skl_record {
	uint32_t kind;		/* SKL_RECORD_*; written last */
	uint32_t cpu;		/* index of the CPU in the enclave */
	int32_t status;		/* see kind */
	uint32_t vector;	/* exception number */
	uint64_t error;		/* error code */
	uint64_t address;	/* CR2 */
	uint64_t rip;
	uint64_t rflags;
	uint64_t rsp;
	uint64_t gpr[16];	/* rax rcx rdx rbx rsp rbp rsi rdi r8..r15 (x86 encoding order) */
	uint64_t fs_base;
	uint64_t gs_base;
	uint64_t tsc;
};
SKL_CHECK_SIZE(struct skl_record, 208);

#endif
