// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parking CPUs: by interrupt, then by NMI, then by INIT and SIPI, which begin the monitor anew.
 *
 * A CPU has left only when the monitor says so: INIT alone is never acknowledged.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ktime.h>

#include "apic.h"
#include "mailbox.h"
#include "park.h"
#include "start.h"

#define INTERRUPT_NS (500 * NSEC_PER_MSEC)
#define NMI_NS (500 * NSEC_PER_MSEC)

bool skl_is_parked(const struct skl_cpu *cpu)
{
	return skl_acknowledged(cpu) && READ_ONCE(cpu->mailbox->state) == SKL_CPU_PARKED;
}

/* One time limit for all of them. */
static void wait_all(struct skl_cpu **cpus, unsigned int count, u64 timeout_ns)
{
	u64 deadline = ktime_get_ns() + timeout_ns, now;
	unsigned int i;

	for (i = 0; i < count; i++) {
		now = ktime_get_ns();
		skl_acknowledge_wait(cpus[i], now < deadline ? deadline - now : 0);
	}
}

static bool all_parked(struct skl_cpu **cpus, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!skl_is_parked(cpus[i]))
			return false;
	return true;
}

static void restart(struct skl_cpu *cpu)
{
	const struct skl_mailbox *box = cpu->mailbox;

	if (READ_ONCE(box->state) == SKL_CPU_FAILED)
		pr_err("monitor of CPU %u failed: exception %u, error %#llx, at %#llx, address %#llx\n",
		       cpu->cpu, box->fault_vector, box->fault_error, box->fault_rip,
		       box->fault_address);
	pr_notice("CPU %u does not answer; starting its monitor anew\n", cpu->cpu);
	if (skl_start_cpu(cpu))
		/* Halted, but it has not said so: never counted as parked. */
		WRITE_ONCE(cpu->mailbox->state, SKL_CPU_FAILED);
}

void skl_park(struct skl_cpu **cpus, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		skl_post(cpus[i], SKL_COMMAND_PARK, 0, 0);
	wait_all(cpus, count, INTERRUPT_NS);
	if (all_parked(cpus, count))
		return;
	for (i = 0; i < count; i++)
		if (!skl_is_parked(cpus[i]))
			skl_send_nmi(cpus[i]->apic_id);
	wait_all(cpus, count, NMI_NS);
	for (i = 0; i < count; i++)
		if (!skl_is_parked(cpus[i]))
			restart(cpus[i]);
}
