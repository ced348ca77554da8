// SPDX-License-Identifier: GPL-2.0-only
/*
 * The test build: planted faults, and where enclaves lie, for tests that look at them from outside.
 */
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/vmalloc.h>

#include "doorbell.h"
#include "enclave.h"
#include "image.h"
#include "tables.h"
#include "test.h"

#define FAULT_DEAF 0x1 /* CPUs reserved from now on never acknowledge PARK */
#define FAULT_NO_RESTART 0x2 /* nor do INIT and SIPI help */

static unsigned int test_faults;
module_param(test_faults, uint, 0644);
MODULE_PARM_DESC(test_faults,
		 "1: CPUs reserved from now on are deaf to PARK; 2: and do not start anew");

static struct dentry *folder;

static int enclaves_show(struct seq_file *out, void *unused)
{
	struct skl_enclave *enclave;

	mutex_lock(&skl_pool.lock);
	list_for_each_entry(enclave, &skl_pool.enclaves, link)
		seq_printf(out, "%llu %#llx %#llx %#llx %d\n", enclave->number,
			   enclave->control->root_pa, enclave->control_pa, enclave->control_size,
			   enclave->pid);
	mutex_unlock(&skl_pool.lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(enclaves);

static int mailboxes_show(struct seq_file *out, void *unused)
{
	const struct skl_mailbox *box;
	struct skl_cpu *cpu;

	mutex_lock(&skl_pool.lock);
	list_for_each_entry(cpu, &skl_pool.cpus, link) {
		box = cpu->mailbox;
		seq_printf(out, "%u state %u command %u sequence %u acknowledged %u result %d ",
			   cpu->cpu, box->state, box->command, box->sequence, box->acknowledged,
			   box->result);
		seq_printf(out, "stray %u nmis %u ", box->stray, box->nmis);
		seq_printf(out, "fault %u at %#llx error %#llx address %#llx\n", box->fault_vector,
			   box->fault_rip, box->fault_error, box->fault_address);
	}
	mutex_unlock(&skl_pool.lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(mailboxes);

/* Physical places that no isle may reach: monitor, tables of parked CPUs, the module itself. */
static int places_show(struct seq_file *out, void *unused)
{
	seq_printf(out, "%#llx %#x %#llx\n", skl_image_pa(), skl_tables_root_pa(),
		   PFN_PHYS(vmalloc_to_pfn(&skl_pool)));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(places);

/* Linux moves the doorbell only when its CPU goes offline; a test wants to choose from where. */
static int move_doorbell(void *unused, u64 cpu)
{
	if (cpu >= nr_cpu_ids || !cpu_online(cpu))
		return -EINVAL;
	return irq_set_affinity(skl_doorbell_irq(), cpumask_of(cpu));
}
DEFINE_DEBUGFS_ATTRIBUTE(doorbell, NULL, move_doorbell, "%llu\n");

void skl_test_open(void)
{
	folder = debugfs_create_dir("skellig", NULL);
	/* number, PML4, control area, its size, process */
	debugfs_create_file("enclaves", 0400, folder, NULL, &enclaves_fops);
	debugfs_create_file("places", 0400, folder, NULL, &places_fops);
	debugfs_create_file("mailboxes", 0400, folder, NULL, &mailboxes_fops);
	debugfs_create_file_unsafe("doorbell", 0200, folder, NULL, &doorbell);
}

void skl_test_close(void)
{
	debugfs_remove(folder);
}

u32 skl_test_mailbox_flags(const struct skl_cpu *cpu)
{
	return test_faults & FAULT_DEAF ? SKL_MAILBOX_TEST_DEAF : 0;
}

/* Only once it has been reserved: the first start works. */
bool skl_test_no_restart(const struct skl_cpu *cpu)
{
	return (test_faults & FAULT_NO_RESTART) && cpu->enclave;
}
