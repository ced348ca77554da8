// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes CPUs from Linux: all checks first, then one after the other, and all of them back if one
 * fails.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/device.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/topology.h>
#include <asm/smp.h>
#include <asm/tsc.h>

#include "mailbox.h"
#include "reserve.h"
#include "scrub.h"
#include "start.h"
#include "tables.h"
#include "test.h"
#include "veto.h"

static bool allow_any_clocksource;
module_param(allow_any_clocksource, bool, 0444);
MODULE_PARM_DESC(allow_any_clocksource,
		 "lend CPUs although Linux keeps time by something else than the TSC");

/* Linux does not say which clock source it uses, but hands out its cycles: are they the TSC's? */
static bool keeps_time_by_tsc(void)
{
	struct system_time_snapshot snapshot;
	unsigned int i;
	u64 before;

	for (i = 0; i < 3; i++) {
		before = rdtsc_ordered();
		ktime_get_snapshot(&snapshot);
		if (snapshot.cycles < before || snapshot.cycles > rdtsc_ordered())
			return false;
	}
	return true;
}

static bool wanted(const struct skl_ioc_cpus *request, unsigned int cpu)
{
	return cpu < SKL_CPU_WORDS * 64 && (request->cpu[cpu / 64] >> (cpu % 64) & 1);
}

/* The other threads of a core come along, or are lent already. */
static int check_siblings(struct skl_ioc_cpus *request, unsigned int cpu)
{
	u32 apic_id = per_cpu(x86_cpu_to_apicid, cpu);
	unsigned int other;

	for_each_present_cpu(other)
		if (skl_same_core(apic_id, per_cpu(x86_cpu_to_apicid, other)) &&
		    !wanted(request, other) && !skl_is_lent(other))
			return skl_refuse_cpu(&request->refusal, -EINVAL, SKL_REFUSED_CPU_SIBLING,
					      other);
	return 0;
}

static int check_node_keeps_one(struct skl_ioc_cpus *request, unsigned int cpu)
{
	unsigned int other;

	if (!cpu_online(cpu))
		return 0;
	for_each_online_cpu(other)
		if (cpu_to_node(other) == cpu_to_node(cpu) && !wanted(request, other))
			return 0;
	return skl_refuse_cpu(&request->refusal, -EBUSY, SKL_REFUSED_LAST_CPU, cpu);
}

static int check_cpu(struct skl_ioc_cpus *request, unsigned int cpu)
{
	int err;

	if (cpu >= nr_cpu_ids || !cpu_present(cpu))
		return skl_refuse_cpu(&request->refusal, -ENODEV, SKL_REFUSED_NO_SUCH_CPU, cpu);
	if (cpu == 0)
		return skl_refuse_cpu(&request->refusal, -EINVAL, SKL_REFUSED_CPU_ZERO, cpu);
	if (skl_is_lent(cpu))
		return skl_refuse_cpu(&request->refusal, -EBUSY, SKL_REFUSED_CPU_LENT, cpu);
	err = check_siblings(request, cpu);
	return err ?: check_node_keeps_one(request, cpu);
}

static int check_all(struct skl_ioc_cpus *request)
{
	unsigned int cpu;
	int err = 0;

	if (!allow_any_clocksource && !keeps_time_by_tsc())
		return skl_refuse_plain(&request->refusal, -EOPNOTSUPP, SKL_REFUSED_TSC);
	skl_for_each_cpu(cpu, request->cpu) {
		err = check_cpu(request, cpu);
		if (err)
			break;
	}
	return err;
}

static struct skl_cpu *new_cpu(unsigned int number)
{
	struct skl_cpu *cpu = kzalloc(sizeof(*cpu), GFP_KERNEL);
	struct page *block;

	if (!cpu)
		return NULL;
	cpu->cpu = number;
	cpu->apic_id = per_cpu(x86_cpu_to_apicid, number);
	cpu->node = cpu_to_node(number);
	cpu->found_online = cpu_online(number);
	/*
	 * Pages of one order are aligned to their size: the monitor finds its block from its stack
	 * pointer.
	 */
	block = alloc_pages_node(cpu->node, GFP_KERNEL | __GFP_ZERO, get_order(SKL_CPU_BLOCK_SIZE));
	if (!block)
		goto err_cpu;
	cpu->block_pa = page_to_phys(block);
	cpu->mailbox = page_address(block);
	if (skl_tables_cover_block(cpu->block_pa))
		goto err_block;
	skl_mailbox_fill(cpu);
	cpu->mailbox->flags = skl_test_mailbox_flags(cpu);
	return cpu;

err_block:
	__free_pages(block, get_order(SKL_CPU_BLOCK_SIZE));
err_cpu:
	kfree(cpu);
	return NULL;
}

int skl_give_back(struct skl_cpu *cpu)
{
	int err = 0;

	skl_unlend(cpu->cpu);
	if (cpu->found_online)
		err = add_cpu(cpu->cpu);
	if (err)
		pr_warn("CPU %u does not come online again: error %d\n", cpu->cpu, err);
	free_pages((unsigned long)cpu->mailbox, get_order(SKL_CPU_BLOCK_SIZE));
	kfree(cpu);
	module_put(THIS_MODULE);
	return err;
}

/* One CPU, parked, or an error with everything as before. */
static int take_cpu(unsigned int number, struct list_head *taken, struct skl_refusal *refusal)
{
	struct skl_cpu *cpu = new_cpu(number);
	int err = 0;

	if (!cpu)
		return -ENOMEM;
	__module_get(THIS_MODULE);
	skl_lend(number);
	if (cpu->found_online)
		err = remove_cpu(number);
	if (err) {
		/* Still online: giving it back must not online it. */
		cpu->found_online = false;
		skl_refuse(refusal, err, SKL_REFUSED_CPU_OFFLINE, number, -err, 0);
		goto err_give_back;
	}
	err = skl_start_cpu(cpu);
	if (err) {
		skl_refuse_cpu(refusal, err, SKL_REFUSED_CPU_START, number);
		goto err_give_back;
	}
	list_add_tail(&cpu->link, taken);
	return 0;

err_give_back:
	skl_give_back(cpu);
	return err;
}

static void undo(struct list_head *taken)
{
	struct skl_cpu *cpu, *next;

	list_for_each_entry_safe_reverse(cpu, next, taken, link) {
		list_del(&cpu->link);
		skl_halt_cpu(cpu->apic_id);
		skl_give_back(cpu);
	}
}

static void add_to_pool(struct list_head *taken)
{
	struct skl_cpu *cpu, *next, *at;

	mutex_lock(&skl_pool.lock);
	list_for_each_entry_safe(cpu, next, taken, link) {
		list_for_each_entry(at, &skl_pool.cpus, link)
			if (at->cpu > cpu->cpu)
				break;
		cpu->state = SKL_POOL_FREE;
		list_move_tail(&cpu->link, &at->link);
	}
	skl_pool_changed();
	mutex_unlock(&skl_pool.lock);
	skl_scrub_kick();
}

/**
 * skl_reserve_cpus() - Take CPUs from Linux and park them in the monitor.
 * @request: which; its refusal says what was wrong
 * Context: Process context, takes pool.hotplug.
 * Return: 0, or a negative errno with every CPU as it was found.
 */
int skl_reserve_cpus(struct skl_ioc_cpus *request)
{
	unsigned int cpu;
	LIST_HEAD(taken);
	int err;

	mutex_lock(&skl_pool.hotplug);
	err = atomic_read(&skl_pool.down) ? -ESHUTDOWN : check_all(request);
	if (!err)
		err = skl_pool_open();
	if (err)
		goto out;
	skl_for_each_cpu(cpu, request->cpu) {
		err = take_cpu(cpu, &taken, &request->refusal);
		if (err)
			break;
	}
	if (err)
		undo(&taken);
	else
		add_to_pool(&taken);
out:
	mutex_unlock(&skl_pool.hotplug);
	return err;
}
