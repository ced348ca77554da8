// SPDX-License-Identifier: GPL-2.0-only
/* Gives CPUs of the pool back to Linux, or to the offline state they were found in. */
#include <linux/errno.h>

#include "enclave.h"
#include "mailbox.h"
#include "reserve.h"
#include "start.h"

static bool wanted(const struct skl_ioc_cpus *request, unsigned int cpu)
{
	return cpu < SKL_CPU_WORDS * 64 && (request->cpu[cpu / 64] >> (cpu % 64) & 1);
}

/* Linux gets no thread of a core whose other thread stays lent. */
static int check_siblings(struct skl_ioc_cpus *request, const struct skl_cpu *cpu)
{
	struct skl_cpu *other;

	list_for_each_entry(other, &skl_pool.cpus, link)
		if (skl_same_core(cpu->apic_id, other->apic_id) && !wanted(request, other->cpu))
			return skl_refuse_cpu(&request->refusal, -EINVAL, SKL_REFUSED_CPU_SIBLING,
					      other->cpu);
	return 0;
}

/* 0, -EAGAIN if it will be free soon, or a refusal. */
static int check_cpu(struct skl_ioc_cpus *request, unsigned int number)
{
	struct skl_cpu *cpu = skl_pool_cpu(number);

	if (!cpu)
		return skl_refuse_cpu(&request->refusal, -ENOENT, SKL_REFUSED_NOT_IN_POOL, number);
	if (cpu->state == SKL_POOL_USED || cpu->state == SKL_POOL_QUARANTINED)
		return skl_refuse(&request->refusal, -EBUSY, SKL_REFUSED_CPU_BUSY, number, 0,
				  skl_holder(cpu->enclave));
	return check_siblings(request, cpu) ?: cpu->state == SKL_POOL_CLEANING ? -EAGAIN : 0;
}

static int check_all(struct skl_ioc_cpus *request)
{
	unsigned int cpu;
	int err = 0;

	skl_for_each_cpu(cpu, request->cpu) {
		err = check_cpu(request, cpu);
		if (err)
			break;
	}
	return err;
}

/* Takes them out of the pool: from here on nobody else knows them. */
static int take_out(struct skl_ioc_cpus *request, struct list_head *taken)
{
	unsigned long generation;
	unsigned int cpu;
	int err;

	mutex_lock(&skl_pool.lock);
	for (;;) {
		generation = skl_pool.generation;
		err = check_all(request);
		if (err != -EAGAIN)
			break;
		if (!skl_pool_wait(generation)) {
			err = -EINTR;
			break;
		}
	}
	if (!err) {
		skl_for_each_cpu(cpu, request->cpu)
			list_move_tail(&skl_pool_cpu(cpu)->link, taken);
		skl_pool_changed();
	}
	mutex_unlock(&skl_pool.lock);
	return err;
}

/**
 * skl_release_cpus() - Give CPUs back.
 * @request: which; its refusal says what was wrong
 * Context: Process context, takes pool.hotplug.
 * Return: 0; a negative errno with nothing given back; or add_cpu()'s error after all were tried.
 */
int skl_release_cpus(struct skl_ioc_cpus *request)
{
	struct skl_cpu *cpu, *next;
	LIST_HEAD(taken);
	int err, result;

	mutex_lock(&skl_pool.hotplug);
	result = take_out(request, &taken);
	list_for_each_entry_safe(cpu, next, &taken, link) {
		list_del(&cpu->link);
		/* Politely first; INIT stops it in any case. */
		skl_post(cpu, SKL_COMMAND_OFF, 0, 0);
		skl_acknowledge_wait(cpu, SKL_ACK_NS);
		skl_halt_cpu(cpu->apic_id);
		err = skl_give_back(cpu);
		result = result ?: err;
	}
	mutex_unlock(&skl_pool.hotplug);
	return result;
}
