// SPDX-License-Identifier: GPL-2.0-only
/* The pool itself: its locks, who waits for it, how a refusal is told. */
#include <asm/processor.h>

#include "enclave.h"
#include "image.h"
#include "pool.h"
#include "reserve.h"
#include "tables.h"
#include "trampoline.h"

struct skl_pool skl_pool = {
	.hotplug = __MUTEX_INITIALIZER(skl_pool.hotplug),
	.lock = __MUTEX_INITIALIZER(skl_pool.lock),
	.cpus = LIST_HEAD_INIT(skl_pool.cpus),
	.memory = LIST_HEAD_INIT(skl_pool.memory),
	.enclaves = LIST_HEAD_INIT(skl_pool.enclaves),
	.changed = __WAIT_QUEUE_HEAD_INITIALIZER(skl_pool.changed),
};

/**
 * skl_pool_changed() - Tell those who wait that CPUs or memory changed hands.
 * Context: Holds pool.lock.
 */
void skl_pool_changed(void)
{
	lockdep_assert_held(&skl_pool.lock);
	WRITE_ONCE(skl_pool.generation, skl_pool.generation + 1);
	wake_up_all(&skl_pool.changed);
}

/**
 * skl_pool_wait() - Sleep until the pool has changed.
 * @generation: what skl_pool.generation was when the caller looked
 * Context: Holds pool.lock, which is dropped meanwhile.
 * Return: false if a signal came first.
 */
bool skl_pool_wait(unsigned long generation)
{
	int err;

	mutex_unlock(&skl_pool.lock);
	err = wait_event_interruptible(skl_pool.changed,
				       READ_ONCE(skl_pool.generation) != generation);
	mutex_lock(&skl_pool.lock);
	return !err;
}

/**
 * skl_pool_cpu() - Find a lent CPU by Linux's number.
 * @cpu: Linux CPU number
 * Context: Holds pool.lock.
 * Return: the CPU or NULL.
 */
struct skl_cpu *skl_pool_cpu(unsigned int cpu)
{
	struct skl_cpu *c;

	list_for_each_entry(c, &skl_pool.cpus, link)
		if (c->cpu == cpu)
			return c;
	return NULL;
}

/**
 * skl_same_core() - Are these two threads of one core?
 * @apic_id: one thread
 * @other: another
 *
 * Linux's own sibling masks know online CPUs only, so the question goes to the APIC ids. [sdm/2a]
 * CPUID 0BH
 */
bool skl_same_core(u32 apic_id, u32 other)
{
	unsigned int eax, ebx, ecx, edx;

	if (boot_cpu_data.cpuid_level < 0xb)
		return apic_id == other;
	cpuid_count(0xb, 0, &eax, &ebx, &ecx, &edx);
	if (!ebx)
		return apic_id == other;
	return apic_id >> (eax & 0x1f) == other >> (eax & 0x1f);
}

/**
 * skl_pool_open() - Make what every lent CPU needs: start page, monitor image, tables.
 * Return: 0, -ENOMEM or -ENOEXEC.
 */
int skl_pool_open(void)
{
	static DEFINE_MUTEX(opening);
	int err = 0;

	mutex_lock(&opening);
	if (skl_tables_ready())
		goto out;
	err = skl_trampoline_open();
	if (err)
		goto out;
	err = skl_image_open();
	if (err)
		goto out;
	err = skl_tables_open(skl_trampoline_pa());
	if (err)
		skl_image_close();
out:
	mutex_unlock(&opening);
	return err;
}

void skl_pool_close(void)
{
	skl_tables_close();
	skl_image_close();
}

int skl_refuse(struct skl_refusal *refusal, int err, u32 reason, u32 cpu, u64 value, pid_t pid)
{
	if (refusal)
		*refusal = (struct skl_refusal){
			.reason = reason,
			.cpu = cpu,
			.value = value,
			.pid = pid,
		};
	return err;
}

int skl_refuse_cpu(struct skl_refusal *refusal, int err, u32 reason, u32 cpu)
{
	return skl_refuse(refusal, err, reason, cpu, 0, 0);
}

int skl_refuse_value(struct skl_refusal *refusal, int err, u32 reason, u64 value)
{
	return skl_refuse(refusal, err, reason, SKL_NO_CPU, value, 0);
}

int skl_refuse_plain(struct skl_refusal *refusal, int err, u32 reason)
{
	return skl_refuse(refusal, err, reason, SKL_NO_CPU, 0, 0);
}

pid_t skl_holder(const struct skl_enclave *enclave)
{
	return enclave ? enclave->pid : 0;
}
