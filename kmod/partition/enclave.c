// SPDX-License-Identifier: GPL-2.0-only
/* Enclaves come and go. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <asm/tsc.h>
#include <skellig/address.h>

#include "doorbell.h"
#include "enclave.h"
#include "extents.h"
#include "park.h"
#include "scrub.h"

static atomic64_t numbers;

static void free_enclave(struct kref *references)
{
	kvfree(container_of(references, struct skl_enclave, references));
}

void skl_enclave_put(struct skl_enclave *enclave)
{
	kref_put(&enclave->references, free_enclave);
}

/* With pool.lock: the memory goes as soon as nothing of the enclave can reach it any more. */
static void return_memory(struct skl_enclave *enclave)
{
	if (!enclave->doomed || !enclave->parked || enclave->mappings || enclave->returned)
		return;
	enclave->returned = true;
	list_del(&enclave->link);
	if (enclave->quarantined)
		skl_memory_leave(enclave, SKL_PIECE_QUARANTINED);
	else
		skl_memory_leave(enclave, SKL_PIECE_DIRTY);
	skl_scrub_kick();
}

/* With pool.lock. */
static void return_cpus(struct skl_enclave *enclave)
{
	struct skl_cpu *cpu;
	unsigned int i;

	for (i = 0; i < enclave->cpus; i++) {
		cpu = enclave->cpu[i];
		cpu->enclave = NULL;
		if (cpu->state == SKL_POOL_QUARANTINED)
			enclave->quarantined = true;
		else
			cpu->state = SKL_POOL_FREE;
	}
	skl_pool_changed();
}

/* Marks the CPUs that are still in the enclave. */
static void quarantine_deaf(struct skl_enclave *enclave)
{
	struct skl_cpu *cpu;
	unsigned int i;

	mutex_lock(&skl_pool.lock);
	for (i = 0; i < enclave->cpus; i++) {
		cpu = enclave->cpu[i];
		if (skl_is_parked(cpu))
			continue;
		pr_warn("CPU %u does not leave enclave %llu of process %d; the CPU and the enclave's memory are out of use\n",
			cpu->cpu, enclave->number, enclave->pid);
		cpu->state = SKL_POOL_QUARANTINED;
	}
	mutex_unlock(&skl_pool.lock);
}

void skl_enclave_end(struct skl_enclave *enclave)
{
	bool running;

	mutex_lock(&enclave->command);
	if (enclave->state == SKL_ENCLAVE_ENDED)
		goto out;
	spin_lock(&enclave->lock);
	running = enclave->state == SKL_ENCLAVE_RUNNING;
	enclave->state = SKL_ENCLAVE_ENDED;
	spin_unlock(&enclave->lock);
	if (running)
		skl_park(enclave->cpu, enclave->cpus);
	quarantine_deaf(enclave);
	skl_doorbell_forget(enclave);
	skl_report_keep(enclave);
	mutex_lock(&skl_pool.lock);
	return_cpus(enclave);
	enclave->parked = true;
	return_memory(enclave);
	mutex_unlock(&skl_pool.lock);
	wake_up_all(&enclave->waiters);
out:
	mutex_unlock(&enclave->command);
}

/* The node goes down: one after the other, whoever opens and closes meanwhile. */
void skl_enclaves_end(void)
{
	struct skl_enclave *enclave;

again:
	mutex_lock(&skl_pool.lock);
	list_for_each_entry(enclave, &skl_pool.enclaves, link) {
		if (enclave->parked)
			continue;
		kref_get(&enclave->references);
		mutex_unlock(&skl_pool.lock);
		skl_enclave_end(enclave);
		skl_enclave_put(enclave);
		goto again;
	}
	mutex_unlock(&skl_pool.lock);
}

static void doom(struct skl_enclave *enclave)
{
	skl_enclave_end(enclave);
	mutex_lock(&skl_pool.lock);
	enclave->doomed = true;
	return_memory(enclave);
	mutex_unlock(&skl_pool.lock);
}

/*
 * The process has gone or has become another program: so has its enclave, whoever else holds the
 * file.
 */
static void address_space_gone(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	doom(container_of(notifier, struct skl_enclave, notifier));
}

static void notifier_gone(struct mmu_notifier *notifier)
{
	skl_enclave_put(container_of(notifier, struct skl_enclave, notifier));
}

static const struct mmu_notifier_ops notifier_ops = {
	.release = address_space_gone,
	.free_notifier = notifier_gone,
};

/* Its file has been closed for the last time; so nothing maps it. */
void skl_enclave_close(struct skl_enclave *enclave)
{
	doom(enclave);
	mmu_notifier_put(&enclave->notifier);
	skl_enclave_put(enclave);
}

void skl_enclave_mapped(struct skl_enclave *enclave)
{
	mutex_lock(&skl_pool.lock);
	enclave->mappings++;
	mutex_unlock(&skl_pool.lock);
}

void skl_enclave_unmapped(struct skl_enclave *enclave)
{
	mutex_lock(&skl_pool.lock);
	enclave->mappings--;
	return_memory(enclave);
	mutex_unlock(&skl_pool.lock);
}

static int wrong(struct skl_ioc_create *request, u64 field)
{
	return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_ARGUMENT, field);
}

static int check(struct skl_ioc_create *request)
{
	bool named = memchr_inv(request->cpu, 0, sizeof(request->cpu));

	if (!named && (!request->cpu_count || request->cpu_count > SKL_MAX_CPUS))
		return wrong(request, offsetof(struct skl_ioc_create, cpu_count));
	if (request->node != SKL_NODE_ANY && request->node >= MAX_NUMNODES)
		return wrong(request, offsetof(struct skl_ioc_create, node));
	if (request->memory > SKL_OWN_END - SKL_OWN_BASE)
		return wrong(request, offsetof(struct skl_ioc_create, memory));
	if (!IS_ALIGNED(request->image_base, SKL_EXTENT_ALIGN) ||
	    request->image_base >= SKL_IMAGE_MAX)
		return wrong(request, offsetof(struct skl_ioc_create, image_base));
	if (!request->image_size || !IS_ALIGNED(request->image_size, SKL_EXTENT_ALIGN) ||
	    request->image_size > SKL_IMAGE_MAX - request->image_base)
		return wrong(request, offsetof(struct skl_ioc_create, image_size));
	return 0;
}

static struct skl_enclave *new_enclave(const struct skl_ioc_create *request)
{
	struct skl_enclave *enclave = kvzalloc(sizeof(*enclave), GFP_KERNEL);

	if (!enclave)
		return NULL;
	kref_init(&enclave->references);
	INIT_LIST_HEAD(&enclave->link);
	INIT_LIST_HEAD(&enclave->ringing);
	mutex_init(&enclave->command);
	spin_lock_init(&enclave->lock);
	init_waitqueue_head(&enclave->waiters);
	enclave->number = atomic64_inc_return(&numbers);
	enclave->pid = task_tgid_nr(current);
	enclave->mm = current->mm;
	enclave->notifier.ops = &notifier_ops;
	enclave->image_base = request->image_base;
	enclave->image_size = request->image_size;
	return enclave;
}

static void answer(const struct skl_enclave *enclave, struct skl_ioc_create *request)
{
	unsigned int i, cpu;

	memset(request->cpu, 0, sizeof(request->cpu));
	for (i = 0; i < enclave->cpus; i++) {
		cpu = enclave->cpu[i]->cpu;
		request->cpu[cpu / 64] |= 1ULL << (cpu % 64);
	}
	request->cpu_count = enclave->cpus;
	request->node = enclave->cpu[0]->node;
	request->enclave = enclave->number;
	request->tsc_khz = tsc_khz;
	request->control_size = enclave->control_size;
	request->extents = enclave->extents;
	memset(request->extent, 0, sizeof(request->extent));
	memcpy(request->extent, enclave->extent, enclave->extents * sizeof(request->extent[0]));
	for (i = 0; i < enclave->extents; i++)
		request->extent[i].pa = 0;
	memset(&request->refusal, 0, sizeof(request->refusal));
}

/**
 * skl_enclave_create() - Make an enclave from the pool for the calling process.
 * @made: the enclave, which the caller closes
 * @request: what is wanted, and what came of it
 * Return: 0; -EINVAL, -ENOENT, -EBUSY, -ENODEV or -ENOMEM with the refusal filled; -EINTR;
 * -ESHUTDOWN.
 */
int skl_enclave_create(struct skl_enclave **made, struct skl_ioc_create *request)
{
	struct skl_enclave *enclave;
	int err;

	err = check(request);
	if (err)
		return err;
	request->memory = ALIGN(request->memory, SKL_EXTENT_ALIGN);
	enclave = new_enclave(request);
	if (!enclave)
		return -ENOMEM;
	mutex_lock(&skl_pool.lock);
	err = skl_choose(enclave, request);
	if (!err) {
		list_add_tail(&enclave->link, &skl_pool.enclaves);
		skl_carve(enclave);
	}
	mutex_unlock(&skl_pool.lock);
	if (err)
		goto err_put;
	kref_get(&enclave->references);
	err = mmu_notifier_register(&enclave->notifier, current->mm);
	if (err)
		goto err_doom;
	skl_doorbell_introduce(enclave);
	answer(enclave, request);
	*made = enclave;
	return 0;

err_doom:
	skl_enclave_put(enclave);
	doom(enclave);
err_put:
	skl_enclave_put(enclave);
	return err;
}
