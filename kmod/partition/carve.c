// SPDX-License-Identifier: GPL-2.0-only
/* Writes what a new enclave's control and public areas begin with. Both are zero before. */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/tsc.h>
#include <skellig/address.h>

#include "doorbell.h"
#include "enclave.h"

static void *at(const struct skl_enclave *enclave, u64 offset)
{
	return phys_to_virt(enclave->control_pa + offset);
}

static void describe_cpus(struct skl_enclave *enclave)
{
	unsigned int i;

	for (i = 0; i < enclave->cpus; i++)
		enclave->launch->cpu[i] = (struct skl_launch_cpu){
			.block_pa = enclave->cpu[i]->block_pa,
			.apic_id = enclave->cpu[i]->apic_id,
		};
}

/* Segments and entry come with start. */
static void write_launch(struct skl_enclave *enclave)
{
	struct skl_launch *launch = enclave->launch;

	launch->magic = SKL_ABI_MAGIC;
	launch->revision = SKL_ABI_REVISION;
	launch->enclave = enclave->number;
	launch->control_pa = enclave->control_pa;
	launch->control_size = enclave->control_size;
	launch->public_pa = enclave->public_pa;
	launch->public_size = enclave->public_size;
	launch->tsc_khz = tsc_khz;
	launch->cpus = enclave->cpus;
	launch->extents = enclave->extents;
	describe_cpus(enclave);
	memcpy(launch->extent, enclave->extent, enclave->extents * sizeof(launch->extent[0]));
}

static void write_percpu(struct skl_enclave *enclave, unsigned int cpu)
{
	struct skl_percpu *shared = phys_to_virt(enclave->public_pa + SKL_PERCPU_OFFSET(cpu));

	shared->masked = 1;
	shared->self = SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(cpu);
	shared->cpu = cpu;
	shared->interrupt.cs = SKL_USER_CS;
	shared->interrupt.ss = SKL_USER_SS;
	shared->exception.cs = SKL_USER_CS;
	shared->exception.ss = SKL_USER_SS;
}

/**
 * skl_carve() - Lay out control and public area of an enclave that has its CPUs and memory.
 * @enclave: has cpu, extent and control_pa
 * Context: Holds pool.lock; nobody can map the enclave yet.
 */
void skl_carve(struct skl_enclave *enclave)
{
	unsigned int i;

	enclave->public_size = PAGE_ALIGN(SKL_PUBLIC_SIZE(enclave->cpus));
	enclave->public_pa = enclave->control_pa + enclave->control_size - enclave->public_size;
	enclave->launch = at(enclave, SKL_CONTROL_LAUNCH);
	enclave->control = at(enclave, SKL_CONTROL_STATE);
	write_launch(enclave);
	for (i = 0; i < enclave->cpus; i++)
		write_percpu(enclave, i);
	skl_clock_begin(&enclave->clock, phys_to_virt(enclave->public_pa + SKL_CLOCK_OFFSET));
}
