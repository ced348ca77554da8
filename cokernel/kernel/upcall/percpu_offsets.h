/* SPDX-License-Identifier: MIT */
/* Offsets of struct skl_percpu that the upcall entry uses; upcall/xsave.cpp asserts them. */
#ifndef SKELLIG_KERNEL_PERCPU_OFFSETS_H
#define SKELLIG_KERNEL_PERCPU_OFFSETS_H

#define PERCPU_MASKED 0
#define PERCPU_PENDING 8
#define PERCPU_INTERRUPT_RIP 64
#define PERCPU_INTERRUPT_CS 72
#define PERCPU_INTERRUPT_RFLAGS 80
#define PERCPU_INTERRUPT_RSP 88
#define PERCPU_INTERRUPT_SS 96
#define PERCPU_SCRATCH_0 192
#define PERCPU_SCRATCH_1 200

#endif
