// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for an isle to ring or to end.
 *
 * Taking a ring arms the doorbell again before the caller returns: whatever the isle does after
 * that rings anew, whatever it did before is seen by the caller, who looks after it has returned.
 * Taking is what the rate limit slows down, so an isle that does nothing but ring costs Linux a
 * bounded number of interrupts.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/poll.h>
#include <linux/wait.h>

#include "enclave.h"

#define RING_SPACING_NS (20ULL * NSEC_PER_USEC)
#define RING_BURST 64

/* The isle has ended by itself, or has been ended. */
static bool stopped(struct skl_enclave *enclave)
{
	bool answer = true;

	spin_lock(&enclave->lock);
	if (enclave->state != SKL_ENCLAVE_ENDED)
		answer = READ_ONCE(enclave->control->record.kind) != SKL_RECORD_NONE;
	spin_unlock(&enclave->lock);
	return answer;
}

static bool anything(struct skl_enclave *enclave)
{
	return atomic_read(&enclave->rung) || stopped(enclave);
}

/* Sleeps for as long as this ring is ahead of what the rate limit allows. */
static void limit_rate(struct skl_enclave *enclave)
{
	u64 now = ktime_get_ns(), next;

	spin_lock(&enclave->lock);
	next = max(enclave->next_ring_ns + RING_SPACING_NS, now - RING_BURST * RING_SPACING_NS);
	enclave->next_ring_ns = next;
	spin_unlock(&enclave->lock);
	if (next > now)
		usleep_range((next - now) / NSEC_PER_USEC, (next - now) / NSEC_PER_USEC + 10);
}

static void arm(struct skl_enclave *enclave)
{
	spin_lock(&enclave->lock);
	if (enclave->state != SKL_ENCLAVE_ENDED)
		/* Partner: the monitor's exchange before it rings. */
		smp_store_mb(enclave->control->doorbell_armed, 1);
	spin_unlock(&enclave->lock);
}

static u32 take_events(struct skl_enclave *enclave)
{
	u32 events = 0;

	if (atomic_xchg(&enclave->rung, 0)) {
		limit_rate(enclave);
		arm(enclave);
		events |= SKL_WAIT_RUNG;
	}
	if (stopped(enclave))
		events |= SKL_WAIT_STOPPED;
	return events;
}

/**
 * skl_enclave_wait() - Wait until the isle has rung or has ended.
 * @enclave: of the caller
 * @request: how long; the events are the answer
 * Return: 0 with the events (none: time-out), or -EINTR.
 */
int skl_enclave_wait(struct skl_enclave *enclave, struct skl_ioc_wait *request)
{
	int err;

	if (request->timeout_ns < 0)
		err = wait_event_interruptible(enclave->waiters, anything(enclave));
	else
		err = wait_event_interruptible_hrtimeout(enclave->waiters, anything(enclave),
							 ns_to_ktime(request->timeout_ns));
	if (err == -ERESTARTSYS)
		return -EINTR;
	request->events = take_events(enclave);
	return 0;
}

__poll_t skl_enclave_poll(struct skl_enclave *enclave, struct file *file,
			  struct poll_table_struct *table)
{
	__poll_t events = 0;

	poll_wait(file, &enclave->waiters, table);
	if (atomic_read(&enclave->rung))
		events |= EPOLLIN | EPOLLRDNORM;
	if (stopped(enclave))
		events |= EPOLLIN | EPOLLRDNORM | EPOLLHUP;
	return events;
}
