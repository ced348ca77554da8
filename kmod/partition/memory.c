// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which memory blocks are announced, held or on their way back. The moments of change are Linux's
 * own: hotplug.c.
 *
 * A block on its way (TAKING, RETURNING) is in no piece of the pool's memory; a HELD one is.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/memory.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <asm/processor.h>

#include "device.h"
#include "extents.h"
#include "memory.h"
#include "reserve.h"
#include "scrub.h"
#include "tables.h"

static LIST_HEAD(blocks); /* guarded by pool.lock */

static u32 source_of(const struct skl_block *block)
{
	return block->found_offline ? SKL_SOURCE_FOUND_OFFLINE : SKL_SOURCE_BLOCK;
}

struct skl_block *skl_block_at(u64 pa)
{
	struct skl_block *block;

	list_for_each_entry(block, &blocks, link)
		if (block->pa <= pa && pa - block->pa < memory_block_size_bytes())
			return block;
	return NULL;
}

/* The block is the pool's from here on. */
int skl_block_hold(struct skl_block *block)
{
	int err =
		skl_memory_add(block->pa, memory_block_size_bytes(), block->node, source_of(block));

	if (err)
		return err;
	block->state = SKL_BLOCK_HELD;
	block->announcer = NULL;
	skl_scrub_kick();
	return 0;
}

/* It is none of our business any more. */
void skl_block_drop(struct skl_block *block)
{
	list_del(&block->link);
	kfree(block);
	module_put(THIS_MODULE);
}

static struct skl_block *new_block(u64 pa, struct skl_file *file)
{
	struct skl_block *block = kzalloc(sizeof(*block), GFP_KERNEL);

	if (!block)
		return NULL;
	block->pa = pa;
	block->node = memory_add_physaddr_to_nid(pa);
	block->state = SKL_BLOCK_TAKING;
	block->announcer = file;
	list_add_tail(&block->link, &blocks);
	__module_get(THIS_MODULE);
	return block;
}

static int wrong_range(struct skl_ioc_memory *request, u64 pa)
{
	return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_MEMORY_RANGE, pa);
}

/* Is all of the block memory that Linux knows, and all online or all offline? */
static bool is_memory(u64 pa, bool online)
{
	unsigned long pfn = PHYS_PFN(pa), end = PHYS_PFN(pa + memory_block_size_bytes());

	for (; pfn < end; pfn += PAGES_PER_SECTION)
		if (!pfn_valid(pfn) || !page_is_ram(pfn) || !pfn_to_online_page(pfn) == online)
			return false;
	return page_is_ram(end - 1);
}

static int check_range(struct skl_ioc_memory *request)
{
	u64 unit = memory_block_size_bytes();

	if (!request->size || !IS_ALIGNED(request->pa | request->size, unit) ||
	    request->pa + request->size < request->pa ||
	    request->pa + request->size > BIT_ULL(boot_cpu_data.x86_phys_bits))
		return wrong_range(request, request->pa);
	return 0;
}

/* Calls for each block of the request. */
#define for_each_block(at, request)                                        \
	for ((at) = (request)->pa; (at) < (request)->pa + (request)->size; \
	     (at) += memory_block_size_bytes())

/*
 * Undoes an announcement that did not work out; every block of the request below end is of its
 * making.
 */
static void drop_range(struct skl_ioc_memory *request, u64 end)
{
	struct skl_block *block;
	u64 pa;

	for_each_block(pa, request) {
		block = pa < end ? skl_block_at(pa) : NULL;
		if (block)
			skl_block_drop(block);
	}
}

static int announce(struct skl_file *file, struct skl_ioc_memory *request, bool online)
{
	struct skl_block *block;
	u64 pa;
	int err = 0;

	for_each_block(pa, request)
		if (skl_block_at(pa))
			return skl_refuse_value(&request->refusal, -EBUSY, SKL_REFUSED_MEMORY_BUSY,
						pa);
	for_each_block(pa, request) {
		block = new_block(pa, file);
		err = block ? skl_tables_cover(pa, memory_block_size_bytes()) : -ENOMEM;
		if (!err && !is_memory(pa, online))
			err = wrong_range(request, pa);
		if (err) {
			drop_range(request, pa + 1);
			break;
		}
	}
	return err;
}

static int take(struct skl_file *file, struct skl_ioc_memory *request)
{
	return announce(file, request, true);
}

static int adopt(struct skl_file *file, struct skl_ioc_memory *request)
{
	struct skl_block *block;
	int err;
	u64 pa;

	err = announce(file, request, false);
	if (err)
		return err;
	for_each_block(pa, request) {
		block = skl_block_at(pa);
		block->found_offline = true;
		err = skl_block_hold(block);
		if (err)
			break;
	}
	if (err) {
		if (pa > request->pa)
			skl_memory_remove(request->pa, pa - request->pa, NULL);
		drop_range(request, request->pa + request->size);
	}
	return err;
}

static int give(struct skl_file *file, struct skl_ioc_memory *request)
{
	struct skl_block *block;
	int err;
	u64 pa;

	for_each_block(pa, request) {
		block = skl_block_at(pa);
		if (!block || block->state != SKL_BLOCK_HELD)
			return skl_refuse_value(&request->refusal, -ENOENT, SKL_REFUSED_NOT_IN_POOL,
						pa);
	}
	err = skl_memory_remove(request->pa, request->size, &request->refusal);
	if (err)
		return err;
	for_each_block(pa, request) {
		block = skl_block_at(pa);
		block->state = SKL_BLOCK_RETURNING;
		block->announcer = file;
		if (block->found_offline)
			skl_block_drop(block);
	}
	return 0;
}

/*
 * A block on its way back stays after all. Without memory to write that down it stays lost to the
 * pool, and is said so.
 */
static void keep(struct skl_block *block)
{
	if (skl_block_hold(block))
		pr_warn("memory block at %#llx: no memory to take it back, CANCEL again\n",
			block->pa);
}

static void cancel(struct skl_block *block)
{
	if (block->state == SKL_BLOCK_TAKING)
		skl_block_drop(block);
	else if (block->state == SKL_BLOCK_RETURNING)
		keep(block);
}

static int cancel_range(struct skl_file *file, struct skl_ioc_memory *request)
{
	struct skl_block *block;
	u64 pa;

	for_each_block(pa, request) {
		block = skl_block_at(pa);
		if (block)
			cancel(block);
	}
	return 0;
}

static int change(struct skl_file *file, struct skl_ioc_memory *request)
{
	switch (request->action) {
	case SKL_MEMORY_TAKE:
		return take(file, request);
	case SKL_MEMORY_RETURN:
		return give(file, request);
	case SKL_MEMORY_ADOPT:
		return adopt(file, request);
	case SKL_MEMORY_CANCEL:
		return cancel_range(file, request);
	default:
		return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_ARGUMENT,
					offsetof(struct skl_ioc_memory, action));
	}
}

/**
 * skl_memory_request() - SKL_IOC_MEMORY.
 * @file: through which blocks are announced
 * @request: what to do; its refusal says what was wrong
 * Return: 0; -EINVAL, -EBUSY or -ENOENT with the refusal filled; -ENOMEM; -EINTR.
 */
int skl_memory_request(struct skl_file *file, struct skl_ioc_memory *request)
{
	unsigned long generation;
	int err;

	err = skl_pool_open();
	if (err)
		return err;
	if (request->action == SKL_MEMORY_CONTIG)
		return skl_contig_take(request);
	if (request->action == SKL_MEMORY_CONTIG_RETURN)
		return skl_contig_return(request);
	err = check_range(request);
	if (err)
		return err;
	mutex_lock(&skl_pool.lock);
	do {
		generation = skl_pool.generation;
		err = change(file, request);
	} while (err == -EAGAIN && skl_pool_wait(generation));
	mutex_unlock(&skl_pool.lock);
	return err == -EAGAIN ? -EINTR : err;
}

/**
 * skl_memory_forget() - End the announcements made by a file that is being closed.
 * @file: nobody uses it any more
 */
void skl_memory_forget(struct skl_file *file)
{
	struct skl_block *block, *next;

	mutex_lock(&skl_pool.lock);
	list_for_each_entry_safe(block, next, &blocks, link)
		if (block->announcer == file)
			cancel(block);
	mutex_unlock(&skl_pool.lock);
}
