/* SPDX-License-Identifier: MIT */
/* Offsets of struct skl_percpu and of struct skl_registers that the upcall entries use; upcall/xsave.cpp asserts them. */
#ifndef SKELLIG_KERNEL_PERCPU_OFFSETS_H
#define SKELLIG_KERNEL_PERCPU_OFFSETS_H

#define PERCPU_MASKED 0
#define PERCPU_IN_EXCEPTION 4
#define PERCPU_PENDING 8
#define PERCPU_INTERRUPT_RIP 64
#define PERCPU_INTERRUPT_CS 72
#define PERCPU_INTERRUPT_RFLAGS 80
#define PERCPU_INTERRUPT_RSP 88
#define PERCPU_INTERRUPT_SS 96
#define PERCPU_EXCEPTION_RIP 128
#define PERCPU_EXCEPTION_CS 136
#define PERCPU_EXCEPTION_RFLAGS 144
#define PERCPU_EXCEPTION_RSP 152
#define PERCPU_EXCEPTION_SS 160
#define PERCPU_SCRATCH_0 192
#define PERCPU_SCRATCH_1 200

#define MASKED_FOR_EXCEPTION 2 /* like 1, but the code that raised the exception had not masked them */

#define USER_CS 0x33
#define USER_SS 0x2b

#endif
