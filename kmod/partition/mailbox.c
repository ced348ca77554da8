// SPDX-License-Identifier: GPL-2.0-only
/*
 * Posts commands to the monitor and waits for its answer, by the clock: udelay() loops lie under
 * emulation.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <asm/tsc.h>

#include "apic.h"
#include "image.h"
#include "mailbox.h"
#include "tables.h"

#define SPIN_NS (20 * NSEC_PER_USEC)

void skl_mailbox_fill(struct skl_cpu *cpu)
{
	struct skl_mailbox *mailbox = cpu->mailbox;

	memset(mailbox, 0, sizeof(*mailbox));
	mailbox->magic = SKL_ABI_MAGIC;
	mailbox->revision = SKL_ABI_REVISION;
	mailbox->linux_cpu = cpu->cpu;
	mailbox->apic_id = cpu->apic_id;
	mailbox->pool_root_pa = skl_tables_root_pa();
	mailbox->image_pa = skl_image_pa();
	mailbox->tsc_khz = tsc_khz;
	cpu->sequence = 0;
}

/* For a CPU that INIT has just stopped: nothing is outstanding, nothing has answered. */
void skl_mailbox_reset(struct skl_cpu *cpu)
{
	u32 flags = cpu->mailbox->flags;

	skl_mailbox_fill(cpu);
	cpu->mailbox->flags = flags;
}

void skl_post(struct skl_cpu *cpu, u32 command, u64 argument0, u64 argument1)
{
	struct skl_mailbox *mailbox = cpu->mailbox;

	WRITE_ONCE(mailbox->argument[0], argument0);
	WRITE_ONCE(mailbox->argument[1], argument1);
	WRITE_ONCE(mailbox->command, command);
	/* The command before its number; partner: the monitor's acquire of sequence. */
	smp_store_release(&mailbox->sequence, ++cpu->sequence);
	skl_send_vector(cpu->apic_id, SKL_VECTOR_COMMAND);
}

bool skl_acknowledged(const struct skl_cpu *cpu)
{
	/* Then result and state are there; partner: the monitor's release. */
	return smp_load_acquire(&cpu->mailbox->acknowledged) == cpu->sequence;
}

bool skl_alive(const struct skl_cpu *cpu)
{
	/* As with acknowledged. */
	return smp_load_acquire(&cpu->mailbox->alive) == SKL_ABI_MAGIC &&
	       READ_ONCE(cpu->mailbox->state) == SKL_CPU_PARKED;
}

static bool wait(const struct skl_cpu *cpu, bool (*done)(const struct skl_cpu *), u64 timeout_ns)
{
	u64 start = ktime_get_ns(), now;

	while (!done(cpu)) {
		now = ktime_get_ns() - start;
		if (now > timeout_ns)
			return done(cpu);
		if (now < SPIN_NS)
			cpu_relax();
		else
			usleep_range(20, 50);
	}
	return true;
}

/**
 * skl_acknowledge_wait() - Wait for the answer to the last command.
 * @cpu: whose answer
 * @timeout_ns: how long at most
 * Context: Process context, may sleep.
 * Return: the monitor's result (0 or a negative errno), or -ETIMEDOUT.
 */
int skl_acknowledge_wait(const struct skl_cpu *cpu, u64 timeout_ns)
{
	if (!wait(cpu, skl_acknowledged, timeout_ns))
		return -ETIMEDOUT;
	return READ_ONCE(cpu->mailbox->result);
}

bool skl_alive_wait(const struct skl_cpu *cpu, u64 timeout_ns)
{
	return wait(cpu, skl_alive, timeout_ns);
}
