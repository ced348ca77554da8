/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/*
 * The operations on rings and slots, shared by isle and proxy. The only code in this folder.
 *
 * Each side treats what the other writes as hostile: indices are masked or range-checked, payload is copied once before use.
 */
#ifndef SKELLIG_RING_OPS_H
#define SKELLIG_RING_OPS_H

#include "ring.h"

/* Isle, upcalls masked: publish a filled slot. Partner: skl_ring_pop, skl_slot_take. */
static inline void skl_ring_push(struct skl_ring *ring, struct skl_slot *slots, uint32_t slot)
{
	uint32_t tail = __atomic_load_n(&ring->tail, __ATOMIC_RELAXED);

	__atomic_store_n(&slots[slot].state, SKL_SLOT_SUBMITTED, __ATOMIC_RELAXED);
	__atomic_store_n(&ring->entry[tail % SKL_RING_ENTRIES], slot, __ATOMIC_RELAXED);
	__atomic_store_n(&ring->tail, tail + 1, __ATOMIC_RELEASE);
}

/*
 * Proxy, one thread at a time: next slot number, or -1 (nothing there), or -2 (the isle wrote nonsense).
 * *head is the consumer's own private copy; the shared head only informs.
 */
static inline int32_t skl_ring_pop(struct skl_ring *ring, uint32_t *head)
{
	uint32_t tail = __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE);
	uint32_t slot;

	if (tail == *head) { /* the count is on the proxy's own line: waiting costs nobody else anything */
		__atomic_store_n(&ring->empty_looks, __atomic_load_n(&ring->empty_looks, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
		return -1;
	}
	if (tail - *head > SKL_RING_ENTRIES)
		return -2;
	slot = __atomic_load_n(&ring->entry[*head % SKL_RING_ENTRIES], __ATOMIC_RELAXED);
	*head += 1;
	__atomic_store_n(&ring->head, *head, __ATOMIC_RELEASE);
	return slot < SKL_RING_ENTRIES ? (int32_t)slot : -2;
}

/* Proxy: take a submitted slot, copying its request once. False if it is not in state SUBMITTED. */
static inline int skl_slot_take(struct skl_slot *slot, struct skl_slot *copy)
{
	uint32_t state = __atomic_load_n(&slot->state, __ATOMIC_ACQUIRE);
	int i;

	do {
		if ((state & SKL_SLOT_STATE) != SKL_SLOT_SUBMITTED)
			return 0;
	} while (!__atomic_compare_exchange_n(&slot->state, &state, (state & ~SKL_SLOT_STATE) | SKL_SLOT_TAKEN, 0,
					      __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	copy->state = state;
	copy->number = __atomic_load_n(&slot->number, __ATOMIC_RELAXED);
	for (i = 0; i < 6; i++)
		copy->argument[i] = __atomic_load_n(&slot->argument[i], __ATOMIC_RELAXED);
	return 1;
}

/* Proxy: answer. Partner: skl_slot_done. */
static inline void skl_slot_complete(struct skl_slot *slot, int64_t result)
{
	__atomic_store_n(&slot->result, result, __ATOMIC_RELAXED);
	__atomic_store_n(&slot->state, SKL_SLOT_DONE, __ATOMIC_RELEASE);
}

/* Isle: has the answer come? Then result may be read and the slot used again. */
static inline int skl_slot_done(const struct skl_slot *slot)
{
	return (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) & SKL_SLOT_STATE) == SKL_SLOT_DONE;
}

/*
 * Sleeping on either side: write your flag = 1, full fence, look once more, sleep; the waker publishes, full fence, reads the flag.
 * Without the fence both can miss each other.
 */
static inline void skl_full_fence(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

#endif
