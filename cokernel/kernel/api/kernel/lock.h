/* SPDX-License-Identifier: MIT */
/* A spinlock for a few instructions, held with upcalls masked: for what upcalls and threads of several CPUs both touch. */
#ifndef SKELLIG_KERNEL_LOCK_H
#define SKELLIG_KERNEL_LOCK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct skl_lock {
	uint32_t taken; /* zero: free */
};

/* Returns whether upcalls were masked before, which skl_lock_give() wants to know. No forwarded call, no waiting while it is held. */
int skl_lock_take(struct skl_lock *lock);
void skl_lock_give(struct skl_lock *lock, int was_masked);

#ifdef __cplusplus
}
#endif

#endif
