// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chooses CPUs and memory of the pool for a new enclave. Waits while what is missing is just
 * parking or being scrubbed.
 *
 * All threads of a core belong to one enclave: a thread whose sibling is used by another is not
 * eligible.
 */
#include <linux/minmax.h>
#include <linux/numa.h>
#include <linux/string.h>
#include <skellig/address.h>

#include "enclave.h"
#include "extents.h"
#include "reserve.h"

#define CONTROL_UNIT SKL_EXTENT_ALIGN
#define MEMORY_PER_CONTROL_UNIT (64ULL << 30)
#define GIB BIT_ULL(30)

static struct skl_cpu *foreign_sibling(const struct skl_cpu *cpu)
{
	struct skl_cpu *other;

	list_for_each_entry(other, &skl_pool.cpus, link)
		if (other->state == SKL_POOL_USED && skl_same_core(cpu->apic_id, other->apic_id))
			return other;
	return NULL;
}

struct supply {
	unsigned int all;
	unsigned int ready;
	unsigned int soon;
	pid_t holder;
};

/* What node (NUMA_NO_NODE: any) has to offer. */
static struct supply cpu_supply(int node)
{
	struct supply supply = { 0 };
	struct skl_cpu *cpu;

	list_for_each_entry(cpu, &skl_pool.cpus, link) {
		if (node != NUMA_NO_NODE && cpu->node != node)
			continue;
		supply.all++;
		if (cpu->state == SKL_POOL_USED)
			supply.holder = skl_holder(cpu->enclave);
		else if (cpu->state == SKL_POOL_CLEANING && !foreign_sibling(cpu))
			supply.soon++;
		else if (cpu->state == SKL_POOL_FREE && !foreign_sibling(cpu))
			supply.ready++;
	}
	return supply;
}

static int refuse_cpus(struct skl_ioc_create *request, const struct supply *supply)
{
	if (!supply->all)
		return skl_refuse_plain(&request->refusal, -ENODEV, SKL_REFUSED_POOL_EMPTY);
	return skl_refuse(&request->refusal, -EBUSY, SKL_REFUSED_NO_CPUS, SKL_NO_CPU, supply->ready,
			  supply->holder);
}

/* The node with enough CPUs that has most memory; NUMA_NO_NODE if CPUs of several are needed. */
static int best_node(unsigned int count)
{
	struct skl_cpu *cpu;
	u64 most = 0, memory;
	int node = NUMA_NO_NODE;

	list_for_each_entry(cpu, &skl_pool.cpus, link) {
		if (cpu->node == node || cpu_supply(cpu->node).ready < count)
			continue;
		memory = skl_memory_sum(cpu->node).zero;
		if (node != NUMA_NO_NODE && memory <= most)
			continue;
		most = memory;
		node = cpu->node;
	}
	return node;
}

static int choose_any(struct skl_enclave *enclave, struct skl_ioc_create *request)
{
	int node = request->node == SKL_NODE_ANY ? NUMA_NO_NODE : request->node;
	struct supply supply = cpu_supply(node);
	struct skl_cpu *cpu;

	if (supply.ready + supply.soon < request->cpu_count)
		return refuse_cpus(request, &supply);
	if (supply.ready < request->cpu_count)
		return -EAGAIN;
	if (node == NUMA_NO_NODE)
		node = best_node(request->cpu_count);
	list_for_each_entry(cpu, &skl_pool.cpus, link) {
		if (enclave->cpus == request->cpu_count)
			break;
		if (cpu->state == SKL_POOL_FREE && !foreign_sibling(cpu) &&
		    (node == NUMA_NO_NODE || cpu->node == node))
			enclave->cpu[enclave->cpus++] = cpu;
	}
	return 0;
}

static int choose_one(struct skl_enclave *enclave, struct skl_ioc_create *request,
		      unsigned int number)
{
	struct skl_cpu *cpu = skl_pool_cpu(number), *sibling;

	if (!cpu)
		return skl_refuse_cpu(&request->refusal, -ENOENT, SKL_REFUSED_NOT_IN_POOL, number);
	sibling = foreign_sibling(cpu);
	if (sibling || cpu->state == SKL_POOL_QUARANTINED)
		return skl_refuse(&request->refusal, -EBUSY, SKL_REFUSED_CPU_BUSY, number, 0,
				  sibling ? skl_holder(sibling->enclave) : 0);
	if (cpu->state == SKL_POOL_CLEANING)
		return -EAGAIN;
	if (enclave->cpus == SKL_MAX_CPUS)
		return skl_refuse_value(&request->refusal, -EINVAL, SKL_REFUSED_ARGUMENT,
					offsetof(struct skl_ioc_create, cpu));
	enclave->cpu[enclave->cpus++] = cpu;
	return 0;
}

static int choose_cpus(struct skl_enclave *enclave, struct skl_ioc_create *request)
{
	bool named = memchr_inv(request->cpu, 0, sizeof(request->cpu));
	unsigned int cpu;
	int err = 0;

	enclave->cpus = 0;
	if (!named)
		return choose_any(enclave, request);
	skl_for_each_cpu(cpu, request->cpu) {
		err = choose_one(enclave, request, cpu);
		if (err)
			break;
	}
	return err;
}

static u64 control_size(unsigned int cpus, u64 memory)
{
	u64 public_size = SKL_PUBLIC_SIZE(cpus);
	u64 units = DIV_ROUND_UP(memory, MEMORY_PER_CONTROL_UNIT);

	if (public_size > CONTROL_UNIT / 4)
		units += DIV_ROUND_UP(public_size, CONTROL_UNIT);
	return max_t(u64, units, 1) * CONTROL_UNIT;
}

/* Of the node's free memory, what falls to the enclave's share of its free CPUs. */
static u64 fair_share(struct skl_enclave *enclave, int node, u64 image)
{
	struct skl_memory_sum sum = skl_memory_sum(node);
	u64 share = div_u64((sum.zero + sum.soon) * enclave->cpus,
			    max(cpu_supply(node).ready, enclave->cpus));
	u64 kept = image + control_size(enclave->cpus, share);

	return share > kept ? round_down(share - kept, SKL_EXTENT_ALIGN) : 0;
}

/*
 * A large piece begins at the next address that is congruent to it modulo 1 GiB, so that the
 * monitor can use 1 GiB pages.
 */
static u64 place(u64 va, const struct skl_piece *piece)
{
	if (piece->size < GIB)
		return va;
	return va + ((piece->pa - va) & (GIB - 1));
}

static bool add_extents(struct skl_enclave *enclave, int node, u64 va, u64 size, u32 kind)
{
	struct skl_piece *piece;

	for (; size; size -= piece->size) {
		if (enclave->extents == SKL_MAX_EXTENTS)
			return false;
		piece = skl_memory_take(size, node, enclave, false);
		if (!piece)
			return false;
		if (kind == SKL_EXTENT_OWN)
			va = place(va, piece);
		enclave->extent[enclave->extents++] = (struct skl_extent){
			.va = va,
			.pa = piece->pa,
			.size = piece->size,
			.node = piece->node,
			.kind = kind,
		};
		va += piece->size;
	}
	return kind != SKL_EXTENT_OWN || va <= SKL_OWN_END;
}

static bool take_memory(struct skl_enclave *enclave, int node, u64 own)
{
	struct skl_piece *control = skl_memory_take(enclave->control_size, node, enclave, true);

	enclave->extents = 0;
	if (!control)
		return false;
	enclave->control_pa = control->pa;
	return add_extents(enclave, node, enclave->image_base, enclave->image_size,
			   SKL_EXTENT_IMAGE) &&
	       add_extents(enclave, node, SKL_OWN_BASE, own, SKL_EXTENT_OWN);
}

static int refuse_memory(struct skl_ioc_create *request, int node)
{
	struct skl_memory_sum sum = skl_memory_sum(node);

	if (!sum.all)
		return skl_refuse_plain(&request->refusal, -ENODEV, SKL_REFUSED_POOL_EMPTY);
	return skl_refuse(&request->refusal, -ENOMEM, SKL_REFUSED_NO_MEMORY, SKL_NO_CPU,
			  sum.zero + sum.soon, skl_memory_holder(node));
}

/* From one node, or, with NUMA_NO_NODE, from wherever there is some. */
static int choose_memory(struct skl_enclave *enclave, struct skl_ioc_create *request, int node)
{
	struct skl_memory_sum sum = skl_memory_sum(node);
	u64 own = request->memory ?: fair_share(enclave, node, enclave->image_size), need;

	if (!own || own > sum.all)
		return refuse_memory(request, node);
	enclave->control_size = control_size(enclave->cpus, enclave->image_size + own);
	need = enclave->control_size + enclave->image_size + own;
	if (need > sum.zero + sum.soon)
		return refuse_memory(request, node);
	if (need > sum.zero)
		return -EAGAIN;
	if (take_memory(enclave, node, own)) {
		request->memory = own;
		return 0;
	}
	skl_memory_leave(enclave, SKL_PIECE_ZERO);
	/* In too many pieces: cleaner, they may merge. */
	return sum.soon ? -EAGAIN : refuse_memory(request, node);
}

static int choose(struct skl_enclave *enclave, struct skl_ioc_create *request)
{
	u64 asked = request->memory;
	int node, err;

	err = choose_cpus(enclave, request);
	if (err)
		return err;
	node = request->node == SKL_NODE_ANY ? enclave->cpu[0]->node : request->node;
	err = choose_memory(enclave, request, node);
	if (err && err != -EAGAIN && request->node == SKL_NODE_ANY && asked)
		err = choose_memory(enclave, request, NUMA_NO_NODE);
	return err;
}

static void mark_used(struct skl_enclave *enclave)
{
	unsigned int i;

	for (i = 0; i < enclave->cpus; i++) {
		enclave->cpu[i]->state = SKL_POOL_USED;
		enclave->cpu[i]->enclave = enclave;
	}
}

/* Enough for the request, whatever its control area takes. */
static u64 most_needed(const struct skl_ioc_create *request)
{
	if (!request->memory)
		return U64_MAX;
	return request->memory + request->image_size +
	       control_size(SKL_MAX_CPUS, request->memory + request->image_size);
}

/**
 * skl_choose() - Take CPUs and zeroed memory out of the pool for an enclave.
 * @enclave: gets cpu, extent and control_pa
 * @request: what is wanted
 * Context: Holds pool.lock, which is dropped while waiting.
 * Return: 0; -EINTR; or a refusal with nothing taken.
 */
int skl_choose(struct skl_enclave *enclave, struct skl_ioc_create *request)
{
	unsigned long generation;
	int err;

	skl_pool.launching++;
	skl_pool.wanted = most_needed(request);
	skl_pool.wanted_node = request->node == SKL_NODE_ANY ? NUMA_NO_NODE : request->node;
	do {
		generation = skl_pool.generation;
		err = atomic_read(&skl_pool.down) ? -ESHUTDOWN : choose(enclave, request);
	} while (err == -EAGAIN && skl_pool_wait(generation));
	skl_pool.launching--;
	if (err == -EAGAIN)
		return -EINTR;
	if (!err)
		mark_used(enclave);
	return err;
}
