// SPDX-License-Identifier: GPL-2.0-only
/* Tells who has which CPU and which memory. */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "enclave.h"
#include "status.h"

#define MOST_ROOM BIT(20) /* entries that anybody may ask for */

static const u32 shown[] = {
	[SKL_PIECE_DIRTY] = SKL_POOL_CLEANING,
	[SKL_PIECE_SCRUBBING] = SKL_POOL_CLEANING,
	[SKL_PIECE_ZERO] = SKL_POOL_FREE,
	[SKL_PIECE_USED] = SKL_POOL_USED,
	[SKL_PIECE_QUARANTINED] = SKL_POOL_QUARANTINED,
};

static u64 number_of(const struct skl_enclave *enclave)
{
	return enclave ? enclave->number : 0;
}

/* With pool.lock. Counts all, describes as many as there is room for. */
static u32 list_cpus(struct skl_pool_cpu *out, u32 room)
{
	struct skl_cpu *cpu;
	u32 n = 0;

	list_for_each_entry(cpu, &skl_pool.cpus, link)
		if (n++ < room)
			*out++ = (struct skl_pool_cpu){
				.cpu = cpu->cpu,
				.apic_id = cpu->apic_id,
				.node = cpu->node,
				.state = cpu->state,
				.enclave = number_of(cpu->enclave),
				.pid = skl_holder(cpu->enclave),
			};
	return n;
}

static u32 list_memory(struct skl_pool_memory *out, u32 room)
{
	struct skl_piece *piece;
	u32 n = 0;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (n++ < room)
			*out++ = (struct skl_pool_memory){
				.pa = piece->pa,
				.size = piece->size,
				.node = piece->node,
				.state = shown[piece->state],
				.source = piece->source,
				.enclave = number_of(piece->enclave),
				.pid = skl_holder(piece->enclave),
			};
	return n;
}

static u64 enclaves_alive(void)
{
	struct list_head *at;
	u64 n = 0;

	list_for_each(at, &skl_pool.enclaves)
		n++;
	return n;
}

static int copy_out(u64 at, const void *entries, u32 count, u32 room, size_t size)
{
	return copy_to_user(u64_to_user_ptr(at), entries, min(count, room) * size) ? -EFAULT : 0;
}

/**
 * skl_status() - SKL_IOC_STATUS.
 * @request: where to, and room; the numbers are the answer
 * Return: 0 with the numbers of entries there are; -EINVAL, -ENOMEM or -EFAULT.
 */
int skl_status(struct skl_ioc_status *request)
{
	u32 cpu_room = request->cpus, memory_room = request->memory;
	struct skl_pool_memory *memory = NULL;
	struct skl_pool_cpu *cpus = NULL;
	int err = -ENOMEM;

	if (cpu_room > MOST_ROOM || memory_room > MOST_ROOM)
		return -EINVAL;
	cpus = kvcalloc(cpu_room + 1, sizeof(*cpus), GFP_KERNEL);
	memory = kvcalloc(memory_room + 1, sizeof(*memory), GFP_KERNEL);
	if (!cpus || !memory)
		goto out;
	mutex_lock(&skl_pool.lock);
	request->cpus = list_cpus(cpus, cpu_room);
	request->memory = list_memory(memory, memory_room);
	request->enclaves = enclaves_alive();
	mutex_unlock(&skl_pool.lock);
	err = copy_out(request->cpus_at, cpus, request->cpus, cpu_room, sizeof(*cpus)) ?:
		      copy_out(request->memory_at, memory, request->memory, memory_room,
			       sizeof(*memory));
out:
	kvfree(cpus);
	kvfree(memory);
	return err;
}
