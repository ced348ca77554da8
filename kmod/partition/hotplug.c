// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux's memory notifier: the moments at which announced blocks change hands, and the veto for
 * held ones.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/memory.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/printk.h>

#include "memory.h"

static void went_offline(struct skl_block *block)
{
	if (block->state != SKL_BLOCK_TAKING)
		return;
	if (skl_block_hold(block))
		pr_warn("memory block at %#llx: no memory to keep it\n", block->pa);
}

static void came_online(struct skl_block *block)
{
	if (block->state == SKL_BLOCK_RETURNING)
		skl_block_drop(block);
}

static int changed(struct skl_block *block, unsigned long action)
{
	switch (action) {
	case MEM_GOING_ONLINE:
		return block->state == SKL_BLOCK_HELD ? notifier_from_errno(-EPERM) : NOTIFY_OK;
	case MEM_OFFLINE:
		went_offline(block);
		break;
	case MEM_ONLINE:
		came_online(block);
		break;
	}
	return NOTIFY_OK;
}

static int memory_event(struct notifier_block *notifier, unsigned long action, void *data)
{
	const struct memory_notify *range = data;
	u64 pa = PFN_PHYS(range->start_pfn), end = pa + PFN_PHYS(range->nr_pages);
	struct skl_block *block;
	int answer = NOTIFY_OK;

	mutex_lock(&skl_pool.lock);
	for (; pa < end && answer == NOTIFY_OK; pa += memory_block_size_bytes()) {
		block = skl_block_at(pa);
		if (block)
			answer = changed(block, action);
	}
	mutex_unlock(&skl_pool.lock);
	return answer;
}

static struct notifier_block notifier = { .notifier_call = memory_event };

int skl_hotplug_open(void)
{
	return register_memory_notifier(&notifier);
}

void skl_hotplug_close(void)
{
	unregister_memory_notifier(&notifier);
}
