/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pool: CPUs and memory taken from Linux, who uses them, and the locks.
 *
 * Order of locks: hotplug > an enclave's command lock > (mmap_lock of a process) > lock > an
 * enclave's spinlock. Linux's own CPU and memory hotplug locks are taken inside hotplug and outside
 * lock: the memory notifier takes lock, so nobody may touch hotplug, or user memory, with lock
 * held.
 */
#ifndef SKL_POOL_H
#define SKL_POOL_H

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <skellig/device.h>
#include <skellig/mailbox.h>

#define SKL_NO_CPU (~0u)

struct skl_enclave;

/* One lent CPU, from reservation to release. */
struct skl_cpu {
	struct list_head link; /* pool.cpus, ascending */
	unsigned int cpu; /* Linux's number */
	u32 apic_id;
	int node;
	bool found_online; /* what release goes back to */
	u32 state; /* SKL_POOL_*; guarded by pool.lock */
	struct skl_enclave *enclave; /* guarded by pool.lock */
	struct skl_mailbox *mailbox; /* first page of its CPU block */
	u64 block_pa;
	u32 sequence; /* of the last command; whoever holds the CPU */
};

/*
 * Physical memory of one state; neighbours of one kind are merged, a piece is cut where only part
 * of it is wanted.
 */
enum skl_piece_state {
	SKL_PIECE_DIRTY,
	SKL_PIECE_SCRUBBING,
	SKL_PIECE_ZERO,
	SKL_PIECE_USED,
	SKL_PIECE_QUARANTINED,
};

struct skl_piece {
	struct list_head link; /* pool.memory, ascending */
	u64 pa;
	u64 size; /* multiple of SKL_EXTENT_ALIGN */
	int node;
	u32 source; /* SKL_SOURCE_* */
	enum skl_piece_state state;
	struct skl_enclave *enclave; /* USED */
};

struct skl_pool {
	struct mutex hotplug; /* one reservation or release at a time */
	struct mutex lock;
	struct list_head cpus;
	struct list_head memory;
	struct list_head enclaves;
	unsigned int launching; /* launches that wait */
	u64 wanted; /* zeroed bytes that the last of them needs ... */
	int wanted_node; /* ... there */
	unsigned long generation; /* counts changes that a waiting launch may want to see */
	wait_queue_head_t changed;
	atomic_t down; /* the node is going down: nothing is started any more */
};

extern struct skl_pool skl_pool;

void skl_pool_changed(void);
bool skl_pool_wait(unsigned long generation);
struct skl_cpu *skl_pool_cpu(unsigned int cpu);
bool skl_same_core(u32 apic_id, u32 other);

/* Fills the refusal (NULL: nobody asks) and answers with err. */
int skl_refuse(struct skl_refusal *refusal, int err, u32 reason, u32 cpu, u64 value, pid_t pid);
/* The same of a CPU, of a value, or of nothing in particular. */
int skl_refuse_cpu(struct skl_refusal *refusal, int err, u32 reason, u32 cpu);
int skl_refuse_value(struct skl_refusal *refusal, int err, u32 reason, u64 value);
int skl_refuse_plain(struct skl_refusal *refusal, int err, u32 reason);
/* The process of an enclave, or 0. */
pid_t skl_holder(const struct skl_enclave *enclave);

#endif
