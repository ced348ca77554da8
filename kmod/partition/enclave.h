/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An enclave: CPUs and memory of the pool in the hands of one process.
 *
 * Its life: made (CREATED), started (RUNNING), its CPUs parked (ENDED). Apart from that it is
 * doomed when its file is closed or its process's address space goes; a doomed, ended enclave gives
 * its memory back as soon as nobody maps it any more.
 */
#ifndef SKL_ENCLAVE_H
#define SKL_ENCLAVE_H

#include <linux/kref.h>
#include <linux/mmu_notifier.h>
#include <skellig/launch.h>
#include <skellig/public.h>

#include "clock.h"
#include "pool.h"

enum skl_enclave_state {
	SKL_ENCLAVE_CREATED,
	SKL_ENCLAVE_RUNNING,
	SKL_ENCLAVE_ENDED,
};

struct skl_enclave {
	struct kref references;
	struct list_head link; /* pool.enclaves; guarded by pool.lock */
	struct list_head ringing; /* doorbell.c */
	u64 number;
	pid_t pid;
	struct mm_struct *mm; /* to compare with; held by the notifier */
	struct mmu_notifier notifier;

	struct mutex command; /* one command to its CPUs at a time */
	spinlock_t lock; /* guards state, for kicks */
	enum skl_enclave_state state; /* changed with both */

	/* Fixed when it is made. */
	unsigned int cpus;
	struct skl_cpu *cpu[SKL_MAX_CPUS];
	unsigned int extents;
	struct skl_extent extent[SKL_MAX_EXTENTS];
	u64 image_base;
	u64 image_size;
	u64 control_pa;
	u64 control_size;
	u64 public_pa;
	u64 public_size;
	struct skl_launch *launch; /* in the control area: the monitor reads them too */
	struct skl_control *control;

	struct skl_clock_page clock;

	wait_queue_head_t waiters;
	atomic_t rung;
	u64 next_ring_ns; /* rate limit of the doorbell; guarded by lock */

	/* What remains to be told when the control area is gone; guarded by command. */
	struct skl_record record;
	u32 log_length;
	u8 log[SKL_LOG_SIZE];

	/* Guarded by pool.lock. */
	unsigned int mappings;
	bool doomed;
	bool parked;
	bool returned; /* its memory has left it */
	bool quarantined; /* a CPU did not acknowledge: the memory may still be written */
};

int skl_enclave_create(struct skl_enclave **made, struct skl_ioc_create *request);
void skl_enclave_close(struct skl_enclave *enclave);
void skl_enclave_put(struct skl_enclave *enclave);

/* Parks its CPUs and gives them back to the pool. Once; later calls wait for the first. */
void skl_enclave_end(struct skl_enclave *enclave);
/* For all that are alive, when the node goes down. */
void skl_enclaves_end(void);

void skl_enclave_mapped(struct skl_enclave *enclave);
void skl_enclave_unmapped(struct skl_enclave *enclave);

/* choose.c: CPUs and memory out of the pool. */
int skl_choose(struct skl_enclave *enclave, struct skl_ioc_create *request);
/* carve.c: what stands in the control area and the public area before anybody maps it. */
void skl_carve(struct skl_enclave *enclave);

/* launch.c, command.c */
int skl_enclave_start(struct skl_enclave *enclave, struct skl_ioc_start *request);
int skl_enclave_pause(struct skl_enclave *enclave);
int skl_enclave_resume(struct skl_enclave *enclave);
int skl_enclave_kick(struct skl_enclave *enclave, const struct skl_ioc_kick *request);

/* wait.c, report.c */
struct file;
struct poll_table_struct;
int skl_enclave_wait(struct skl_enclave *enclave, struct skl_ioc_wait *request);
__poll_t skl_enclave_poll(struct skl_enclave *enclave, struct file *file,
			  struct poll_table_struct *table);
void skl_enclave_record(struct skl_enclave *enclave, struct skl_record *record);
int skl_enclave_log(struct skl_enclave *enclave, struct skl_ioc_log *request);
void skl_report_keep(struct skl_enclave *enclave);

#endif
