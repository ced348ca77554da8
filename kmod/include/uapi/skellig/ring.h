/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * Forwarded calls. A slot belongs to one isle thread and carries one Linux system call; the ring of the CPU that submits carries
 * slot numbers to the proxy; completion is in any order and shows in the slot's state. Operations: ring_ops.h.
 */
#ifndef SKELLIG_RING_H
#define SKELLIG_RING_H

#include "abi.h"

/* One cache line: state and payload travel together. */
struct skl_slot {
	uint32_t state;		/* SKL_SLOT_*; isle: FREE->SUBMITTED, DONE->FREE; proxy: SUBMITTED->TAKEN->DONE */
	uint32_t number;	/* isle: Linux x86-64 system-call number, or SKL_FORWARD_SPAWN (spawn.h) */
	uint64_t argument[6];	/* isle: Linux's own arguments; pointers are valid in the proxy as they are */
	int64_t result;		/* proxy: value or negative errno */
};
SKL_CHECK_SIZE(struct skl_slot, 64);

#define SKL_SLOT_FREE 0u
#define SKL_SLOT_SUBMITTED 1u
#define SKL_SLOT_TAKEN 2u
#define SKL_SLOT_DONE 3u
#define SKL_SLOT_STATE 0xffu
#define SKL_SLOT_CANCEL 0x100u /* isle ORs in: interrupt the call, answer -EINTR */

#define SKL_RING_ENTRIES 1024u /* >= SKL_SLOTS: a ring can never be full */

/* One producer (the CPU, upcalls masked), one consumer (the proxy thread that polls). */
struct skl_ring {
	uint32_t tail;		/* isle: entries pushed, free running */
	uint32_t reserved[31];
	uint32_t head;		/* proxy: entries popped, free running */
	uint32_t empty_looks;	/* proxy: looks that found nothing, free running; informs: benches subtract them */
	uint32_t reserved2[30];
	uint32_t entry[SKL_RING_ENTRIES]; /* isle: slot numbers */
};
SKL_CHECK_SIZE(struct skl_ring, 256 + 4 * SKL_RING_ENTRIES);

#endif
