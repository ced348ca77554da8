// SPDX-License-Identifier: GPL-2.0-only
/* Knows lent CPUs without any lock, for those who must not wait: CPU hotplug, reboot, panic. */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <asm/smp.h>

#include "start.h"
#include "veto.h"

static cpumask_t lent;
static int state;

/* -EPERM: with -EBUSY newer kernels try again for a while. */
static int refuse_lent(unsigned int cpu)
{
	return skl_is_lent(cpu) ? -EPERM : 0;
}

int skl_veto_open(void)
{
	state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "skellig:prepare", refuse_lent,
					  NULL);
	return state < 0 ? state : 0;
}

void skl_veto_close(void)
{
	cpuhp_remove_state_nocalls(state);
}

void skl_lend(unsigned int cpu)
{
	cpumask_set_cpu(cpu, &lent);
}

void skl_unlend(unsigned int cpu)
{
	cpumask_clear_cpu(cpu, &lent);
}

bool skl_is_lent(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, &lent);
}

void skl_halt_lent(void)
{
	unsigned int cpu;

	/* A bit is set before its CPU is offline: an online one is still Linux's. */
	for_each_cpu(cpu, &lent)
		if (!cpu_online(cpu))
			skl_halt_cpu(per_cpu(x86_cpu_to_apicid, cpu));
}
