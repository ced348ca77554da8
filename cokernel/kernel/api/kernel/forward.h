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

/* How often polling has found nothing so far: this CPU at its slots, the proxy at this CPU's ring. What waiting costs, for benches. */
struct skl_empty_looks {
	uint64_t isle;
	uint32_t proxy;
};
struct skl_empty_looks skl_forward_empty_looks(void);

#ifdef __cplusplus
}
#endif

#endif
