// SPDX-License-Identifier: GPL-2.0-only
/*
 * Zeroes dirty memory on parked CPUs of the pool, or in a worker of Linux while none is parked.
 *
 * A worker marks chunks SCRUBBING and CPUs CLEANING under pool.lock; both are then its own until it
 * has marked them back.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/io.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "extents.h"
#include "mailbox.h"
#include "park.h"
#include "scrub.h"

#define CHUNK (8ULL << 20) /* a launch waits no longer for a CPU than this takes */
#define TEAM 8 /* CPUs at work at once */
#define SCRUB_NS (30ULL * NSEC_PER_SEC)

struct job {
	struct skl_cpu *cpu; /* NULL: Linux does it itself */
	struct skl_piece *piece;
	int err;
};

static void scrub(struct work_struct *work);
static DECLARE_WORK(scrub_work, scrub);
static struct workqueue_struct *queue;

static struct skl_piece *next_dirty(void)
{
	struct skl_piece *piece;

	list_for_each_entry(piece, &skl_pool.memory, link)
		if (piece->state == SKL_PIECE_DIRTY)
			return skl_memory_cut(piece, CHUNK);
	return NULL;
}

/* A launch that has its memory waits for CPUs: they are left alone, and Linux zeroes. */
static bool cpus_wanted(void)
{
	return skl_pool.launching && skl_memory_sum(skl_pool.wanted_node).zero >= skl_pool.wanted;
}

static struct skl_cpu *free_cpu(int node)
{
	struct skl_cpu *cpu, *any = NULL;

	if (cpus_wanted())
		return NULL;
	list_for_each_entry(cpu, &skl_pool.cpus, link) {
		if (cpu->state != SKL_POOL_FREE)
			continue;
		if (cpu->node == node)
			return cpu;
		any = cpu;
	}
	return any;
}

/* Finds work for as many CPUs as are free; at least one job if anything is dirty. */
static unsigned int choose(struct job *jobs)
{
	unsigned int n = 0;
	struct job *job;

	mutex_lock(&skl_pool.lock);
	while (n < TEAM) {
		job = &jobs[n];
		job->err = 0;
		job->piece = next_dirty();
		if (!job->piece)
			break;
		job->cpu = free_cpu(job->piece->node);
		if (!job->cpu && n)
			break;
		if (job->cpu)
			job->cpu->state = SKL_POOL_CLEANING;
		job->piece->state = SKL_PIECE_SCRUBBING;
		n++;
	}
	mutex_unlock(&skl_pool.lock);
	return n;
}

static void clear(u64 pa, u64 size)
{
	u64 end = pa + size;

	for (; pa < end; pa += PAGE_SIZE) {
		clear_page(phys_to_virt(pa));
		if (IS_ALIGNED(pa, SKL_EXTENT_ALIGN))
			cond_resched();
	}
}

static void run(struct job *jobs, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (jobs[i].cpu)
			skl_post(jobs[i].cpu, SKL_COMMAND_SCRUB, jobs[i].piece->pa,
				 jobs[i].piece->size);
	for (i = 0; i < n; i++) {
		if (jobs[i].cpu)
			jobs[i].err = skl_acknowledge_wait(jobs[i].cpu, SCRUB_NS);
		else
			clear(jobs[i].piece->pa, jobs[i].piece->size);
	}
}

static void finish(struct job *jobs, unsigned int n)
{
	unsigned int i;

	mutex_lock(&skl_pool.lock);
	for (i = 0; i < n; i++) {
		if (jobs[i].err) {
			pr_warn("CPU %u does not zero memory: error %d; CPU and %llu MiB at %#llx are out of use\n",
				jobs[i].cpu->cpu, jobs[i].err, jobs[i].piece->size >> 20,
				jobs[i].piece->pa);
			jobs[i].cpu->state = SKL_POOL_QUARANTINED;
			jobs[i].piece->state = SKL_PIECE_QUARANTINED;
			continue;
		}
		if (jobs[i].cpu)
			jobs[i].cpu->state = SKL_POOL_FREE;
		skl_memory_set(jobs[i].piece, SKL_PIECE_ZERO);
	}
	skl_pool_changed();
	mutex_unlock(&skl_pool.lock);
}

static void scrub(struct work_struct *work)
{
	struct job jobs[TEAM];
	unsigned int n;

	while (!atomic_read(&skl_pool.down) && (n = choose(jobs)) != 0) {
		run(jobs, n);
		finish(jobs, n);
	}
}

int skl_scrub_open(void)
{
	queue = alloc_workqueue("skellig", WQ_UNBOUND, 1);
	return queue ? 0 : -ENOMEM;
}

void skl_scrub_close(void)
{
	destroy_workqueue(queue);
}

void skl_scrub_kick(void)
{
	queue_work(queue, &scrub_work);
}
