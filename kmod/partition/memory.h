/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory blocks that Linux puts offline and this module keeps; and memory taken by
 * alloc_contig_range().
 */
#ifndef SKL_MEMORY_H
#define SKL_MEMORY_H

#include "pool.h"

struct skl_file;

enum skl_block_state {
	SKL_BLOCK_TAKING, /* announced: kept when it goes offline */
	SKL_BLOCK_HELD,
	SKL_BLOCK_RETURNING, /* announced: let go when it comes online */
};

struct skl_block {
	struct list_head link; /* guarded by pool.lock */
	u64 pa;
	int node;
	enum skl_block_state state;
	bool found_offline;
	struct skl_file *announcer; /* TAKING, RETURNING */
};

int skl_memory_request(struct skl_file *file, struct skl_ioc_memory *request);
void skl_memory_forget(struct skl_file *file);

/* With pool.lock. */
struct skl_block *skl_block_at(u64 pa);
int skl_block_hold(struct skl_block *block);
void skl_block_drop(struct skl_block *block);

int skl_hotplug_open(void);
void skl_hotplug_close(void);

int skl_contig_take(struct skl_ioc_memory *request);
int skl_contig_return(struct skl_ioc_memory *request);

#endif
