// SPDX-License-Identifier: GPL-2.0-only
/*
 * The doorbell: one interrupt of an irq domain of our own on top of Linux's vectors, for all
 * enclaves.
 *
 * Its vector and CPU stand in each enclave's control area and follow when Linux moves the
 * interrupt. An enclave rings only while it is armed; waiting arms it again (wait.c), so at most
 * one interrupt of each enclave is on its way.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <asm/hw_irq.h>
#include <asm/irqdomain.h>
#include <asm/smp.h>

#include "doorbell.h"
#include "enclave.h"

static struct fwnode_handle *node;
static struct irq_domain *domain;
static int virq;

/*
 * Both are held to change the list, either to walk through it. Linux moves the interrupt with locks
 * held that PREEMPT_RT does not sleep under; waking waiters may sleep there.
 */
static DEFINE_SPINLOCK(lock);
static DEFINE_RAW_SPINLOCK(place_lock); /* inside lock */
static LIST_HEAD(enclaves);

/*
 * Where to ring: vector in the low half, APIC id in the high half, as the two fields lie in struct
 * skl_control.
 */
static u64 place; /* guarded by place_lock */

static void publish(struct skl_enclave *enclave)
{
	u64 *fields = (u64 *)&enclave->control->doorbell_vector;

	BUILD_BUG_ON(offsetof(struct skl_control, doorbell_vector) % sizeof(u64));
	BUILD_BUG_ON(offsetof(struct skl_control, doorbell_apic_id) !=
		     offsetof(struct skl_control, doorbell_vector) + sizeof(u32));
	WRITE_ONCE(*fields, place);
}

/* Looks at every enclave: which one rang is not in the interrupt. */
static void answer_all(void)
{
	struct skl_enclave *enclave;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	list_for_each_entry(enclave, &enclaves, ringing) {
		if (!xchg(&enclave->control->doorbell_rung, 0))
			continue;
		atomic_set(&enclave->rung, 1);
		wake_up_all(&enclave->waiters);
	}
	spin_unlock_irqrestore(&lock, flags);
}

static irqreturn_t rung(int irq, void *data)
{
	answer_all();
	return IRQ_HANDLED;
}

/*
 * After the interrupt has moved: a monitor that had just read the old place may have rung in vain.
 */
static void look_again(struct work_struct *work)
{
	answer_all();
}

static DECLARE_DELAYED_WORK(moved, look_again);

static void move(struct irq_data *data)
{
	unsigned int cpu = cpumask_first(irq_data_get_effective_affinity_mask(data));
	struct skl_enclave *enclave;
	unsigned long flags;

	if (cpu >= nr_cpu_ids)
		return;
	raw_spin_lock_irqsave(&place_lock, flags);
	place = irqd_cfg(data)->vector | (u64)per_cpu(x86_cpu_to_apicid, cpu) << 32;
	list_for_each_entry(enclave, &enclaves, ringing)
		publish(enclave);
	raw_spin_unlock_irqrestore(&place_lock, flags);
}

static int set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	int answer = irq_chip_set_affinity_parent(data, mask, force);

	if (answer >= 0) {
		move(data);
		schedule_delayed_work(&moved, 1);
	}
	return answer;
}

/* Nothing stands between the sender and the vector that could be masked. */
static void nothing(struct irq_data *data)
{
}

static struct irq_chip chip = {
	.name = "skellig",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = nothing,
	.irq_unmask = nothing,
	.irq_set_affinity = set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

static int domain_alloc(struct irq_domain *d, unsigned int irq, unsigned int count, void *argument)
{
	int err = irq_domain_alloc_irqs_parent(d, irq, count, argument);

	if (err)
		return err;
	irq_domain_set_info(d, irq, 0, &chip, NULL, handle_edge_irq, NULL, "edge");
	return 0;
}

static int domain_activate(struct irq_domain *d, struct irq_data *data, bool early)
{
	move(data);
	return 0;
}

static const struct irq_domain_ops domain_ops = {
	.alloc = domain_alloc,
	.free = irq_domain_free_irqs_common,
	.activate = domain_activate,
};

/**
 * skl_doorbell_open() - Get an interrupt that lent CPUs can send.
 * Return: 0 or a negative errno.
 */
int skl_doorbell_open(void)
{
	struct irq_alloc_info info = { 0 };
	int err = -ENOMEM;

	node = irq_domain_alloc_named_fwnode("skellig");
	if (!node)
		return err;
	domain = irq_domain_create_hierarchy(x86_vector_domain, 0, 1, node, &domain_ops, NULL);
	if (!domain)
		goto err_node;
	virq = __irq_domain_alloc_irqs(domain, -1, 1, NUMA_NO_NODE, &info, false, NULL);
	if (virq < 0) {
		err = virq;
		goto err_domain;
	}
	/* PREEMPT_RT serves it in a thread: waking a waiter is nothing for its hard interrupts. */
	err = request_irq(virq, rung, IRQF_NOBALANCING, "skellig", &skl_pool);
	if (err)
		goto err_irq;
	move(irq_get_irq_data(virq));
	return 0;

err_irq:
	irq_dispose_mapping(virq);
err_domain:
	irq_domain_remove(domain);
err_node:
	irq_domain_free_fwnode(node);
	return err;
}

void skl_doorbell_close(void)
{
	free_irq(virq, &skl_pool);
	cancel_delayed_work_sync(&moved);
	irq_dispose_mapping(virq);
	irq_domain_remove(domain);
	irq_domain_free_fwnode(node);
}

void skl_doorbell_introduce(struct skl_enclave *enclave)
{
	unsigned long flags;

	spin_lock_irq(&lock);
	raw_spin_lock_irqsave(&place_lock, flags);
	publish(enclave);
	WRITE_ONCE(enclave->control->doorbell_armed, 1);
	list_add_tail(&enclave->ringing, &enclaves);
	raw_spin_unlock_irqrestore(&place_lock, flags);
	spin_unlock_irq(&lock);
}

void skl_doorbell_forget(struct skl_enclave *enclave)
{
	unsigned long flags;

	spin_lock_irq(&lock);
	raw_spin_lock_irqsave(&place_lock, flags);
	list_del_init(&enclave->ringing);
	raw_spin_unlock_irqrestore(&place_lock, flags);
	spin_unlock_irq(&lock);
}

int skl_doorbell_irq(void)
{
	return virq;
}
