/* SPDX-License-Identifier: MIT */
/* Calls that Linux executes for us: libos hands in Linux's own numbers, flags and structures. */
#ifndef SKELLIG_KERNEL_FORWARD_H
#define SKELLIG_KERNEL_FORWARD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Linux x86-64 call `number` with six arguments. Returns its value or a negative Linux errno. Blocks the calling thread only. */
int64_t skl_forward(uint32_t number, const uint64_t argument[6]);

#ifdef __cplusplus
}
#endif

#endif
