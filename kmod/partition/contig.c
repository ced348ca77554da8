// SPDX-License-Identifier: GPL-2.0-only
/* Memory without hotplug: alloc_contig_range() in chunks that get smaller until there is enough. */
#include <linux/gfp.h>
#include <linux/log2.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/module.h>
#include <linux/nodemask.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "extents.h"
#include "memory.h"
#include "scrub.h"
#include "tables.h"

#define LARGEST BIT_ULL(30)

struct chunk {
	struct list_head link;
	u64 pa;
	u64 size;
};

/* Saves alloc_contig_range() from trying what cannot work: holes, reserved pages, two zones. */
static bool promising(unsigned long pfn, unsigned long pages, int node)
{
	struct zone *zone = NULL;
	unsigned long end = pfn + pages;
	struct page *page;

	for (; pfn < end; pfn++) {
		page = pfn_to_online_page(pfn);
		if (!page || PageReserved(page) || page_to_nid(page) != node)
			return false;
		zone = zone ?: page_zone(page);
		if (page_zone(page) != zone)
			return false;
	}
	return true;
}

static int take_chunk(u64 pa, u64 size, struct list_head *chunks)
{
	unsigned long pfn = PHYS_PFN(pa), pages = PHYS_PFN(size);
	struct chunk *chunk = kmalloc(sizeof(*chunk), GFP_KERNEL);
	int err;

	if (!chunk)
		return -ENOMEM;
	err = alloc_contig_range(pfn, pfn + pages, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_NOWARN);
	if (err) {
		kfree(chunk);
		return err;
	}
	chunk->pa = pa;
	chunk->size = size;
	list_add(&chunk->link, chunks);
	return 0;
}

/* One walk over the node, from the top; the answer is how much it got. */
static u64 take_chunks(int node, u64 size, u64 unit, struct list_head *chunks)
{
	u64 begin = PFN_PHYS(node_start_pfn(node));
	u64 pa = ALIGN_DOWN(PFN_PHYS(node_end_pfn(node)), unit), taken = 0;

	while (taken < size && pa >= begin + unit && !signal_pending(current)) {
		pa -= unit;
		if (promising(PHYS_PFN(pa), PHYS_PFN(unit), node) && !take_chunk(pa, unit, chunks))
			taken += unit;
		cond_resched();
	}
	return taken;
}

static void free_chunks(struct list_head *chunks)
{
	struct chunk *chunk, *next;

	list_for_each_entry_safe(chunk, next, chunks, link) {
		free_contig_range(PHYS_PFN(chunk->pa), PHYS_PFN(chunk->size));
		kfree(chunk);
	}
}

/* Into the pool, all or none. */
static int add_chunks(struct list_head *chunks, int node)
{
	struct chunk *chunk, *back;
	int err = 0;

	list_for_each_entry(chunk, chunks, link) {
		err = skl_tables_cover(chunk->pa, chunk->size);
		if (!err)
			err = skl_memory_add(chunk->pa, chunk->size, node, SKL_SOURCE_CONTIG);
		if (err)
			break;
	}
	if (!err)
		return 0;
	list_for_each_entry(back, chunks, link) {
		if (back == chunk)
			break;
		skl_memory_remove(back->pa, back->size, NULL);
	}
	return err;
}

static u64 held; /* bytes; guarded by pool.lock */

/* The module cannot go while it holds any. */
static void account(u64 taken, u64 returned)
{
	if (!held && taken)
		__module_get(THIS_MODULE);
	held += taken;
	held -= returned;
	if (!held && returned)
		module_put(THIS_MODULE);
}

/*
 * What a walk cannot exceed, so that Linux is not emptied for what must fail: the node, and what
 * Linux could do without.
 */
static u64 can_be_had(int node)
{
	long available = max(si_mem_available(), 0L);

	return PFN_PHYS(min_t(unsigned long, node_present_pages(node), available));
}

static int argument(struct skl_ioc_memory *request, u64 offset)
{
	return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_ARGUMENT, offset);
}

/**
 * skl_contig_take() - SKL_MEMORY_CONTIG: size bytes on node, or nothing.
 * @request: node and size
 * Context: Process context; may take seconds, a signal ends it. More than the node has, or than
 * Linux has available, is refused at once.
 */
int skl_contig_take(struct skl_ioc_memory *request)
{
	struct chunk *chunk, *next;
	u64 unit, most, taken = 0;
	LIST_HEAD(chunks);
	int err;

	if (request->node >= MAX_NUMNODES || !node_online(request->node))
		return argument(request, offsetof(struct skl_ioc_memory, node));
	if (!request->size || !IS_ALIGNED(request->size, SKL_EXTENT_ALIGN) ||
	    request->size > BIT_ULL(52))
		return argument(request, offsetof(struct skl_ioc_memory, size));
	most = can_be_had(request->node);
	if (request->size > most)
		return skl_refuse_value(&request->refusal, -ENOMEM, SKL_REFUSED_NO_MEMORY, most);
	unit = min_t(u64, rounddown_pow_of_two(request->size), LARGEST);
	for (; taken < request->size && unit >= SKL_EXTENT_ALIGN; unit >>= 1)
		taken += take_chunks(request->node, round_down(request->size - taken, unit), unit,
				     &chunks);
	if (taken < request->size) {
		free_chunks(&chunks);
		if (signal_pending(current))
			return -EINTR;
		return skl_refuse_value(&request->refusal, -ENOMEM, SKL_REFUSED_NO_MEMORY, taken);
	}
	mutex_lock(&skl_pool.lock);
	err = add_chunks(&chunks, request->node);
	if (!err)
		account(taken, 0);
	mutex_unlock(&skl_pool.lock);
	if (err) {
		free_chunks(&chunks);
		return err;
	}
	list_for_each_entry_safe(chunk, next, &chunks, link)
		kfree(chunk);
	skl_scrub_kick();
	return 0;
}

static struct skl_piece *free_piece(int node)
{
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (piece->source == SKL_SOURCE_CONTIG && piece->node == node &&
		    (piece->state == SKL_PIECE_ZERO || piece->state == SKL_PIECE_DIRTY))
			return piece;
	return NULL;
}

static bool any_being_scrubbed(int node)
{
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (piece->source == SKL_SOURCE_CONTIG && piece->node == node &&
		    piece->state == SKL_PIECE_SCRUBBING)
			return true;
	return false;
}

/**
 * skl_contig_return() - SKL_MEMORY_CONTIG_RETURN: all of it on node that no enclave uses.
 * @request: node; size is the answer
 * Return: 0 with size = bytes given back, or -EINTR.
 */
int skl_contig_return(struct skl_ioc_memory *request)
{
	struct skl_piece *piece;
	int err = 0;

	request->size = 0;
	mutex_lock(&skl_pool.lock);
	for (;;) {
		while ((piece = free_piece(request->node)) != NULL) {
			request->size += piece->size;
			free_contig_range(PHYS_PFN(piece->pa), PHYS_PFN(piece->size));
			list_del(&piece->link);
			kfree(piece);
		}
		if (!any_being_scrubbed(request->node))
			break;
		if (!skl_pool_wait(skl_pool.generation)) {
			err = -EINTR;
			break;
		}
	}
	account(0, request->size);
	skl_pool_changed();
	mutex_unlock(&skl_pool.lock);
	return err;
}
