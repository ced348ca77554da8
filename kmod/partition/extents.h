/* SPDX-License-Identifier: GPL-2.0-only */
/* The pool's memory as a list of pieces. Everything here needs pool.lock. */
#ifndef SKL_EXTENTS_H
#define SKL_EXTENTS_H

#include "pool.h"

int skl_memory_add(u64 pa, u64 size, int node, u32 source);
int skl_memory_remove(u64 pa, u64 size, struct skl_refusal *refusal);

struct skl_memory_sum {
	u64 zero;
	u64 soon; /* dirty or being scrubbed */
	u64 used;
	u64 all;
};

/* Of one node, or of all (NUMA_NO_NODE). */
struct skl_memory_sum skl_memory_sum(int node);
pid_t skl_memory_holder(int node);

struct skl_piece *skl_memory_take(u64 size, int node, struct skl_enclave *enclave, bool whole);
/*
 * Everything an enclave has goes to another state: ZERO if it never touched it, else DIRTY or
 * QUARANTINED.
 */
void skl_memory_leave(struct skl_enclave *enclave, enum skl_piece_state state);

struct skl_piece *skl_memory_cut(struct skl_piece *piece, u64 size);
void skl_memory_set(struct skl_piece *piece, enum skl_piece_state state);

#endif
