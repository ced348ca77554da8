// SPDX-License-Identifier: GPL-2.0-only
/* Tells isles how the TSC relates to Linux's clocks, once a second, as NTP moves them. */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include <asm/barrier.h>
#include <asm/tsc.h>

#include "clock.h"
#include "enclave.h"

#define PERIOD HZ
#define RATE_SAMPLE_NS (100 * NSEC_PER_MSEC)

struct instant {
	u64 tsc;
	u64 monotonic;
	u64 realtime;
};

static struct instant first; /* when the module was loaded */

static void update(struct work_struct *work);
static DECLARE_DELAYED_WORK(clock_work, update);

static struct instant now(void)
{
	struct instant best = { 0 }, it;
	u64 after, shortest = U64_MAX;
	unsigned long flags;
	unsigned int i;

	local_irq_save(flags);
	for (i = 0; i < 3; i++) {
		it.tsc = rdtsc_ordered();
		it.monotonic = ktime_get_ns();
		it.realtime = ktime_get_real_ns();
		after = rdtsc_ordered();
		if (after - it.tsc >= shortest)
			continue;
		shortest = after - it.tsc;
		it.tsc += shortest / 2;
		best = it;
	}
	local_irq_restore(flags);
	return best;
}

/*
 * Nanoseconds per tick, 32.32: as measured since the module was loaded, or, just after that, as
 * Linux says.
 */
static u64 rate(const struct instant *at)
{
	u64 ns = at->monotonic - first.monotonic, ticks = at->tsc - first.tsc;

	if (ns < RATE_SAMPLE_NS || !ticks)
		return div_u64((u64)NSEC_PER_MSEC << 32, tsc_khz);
	return mul_u64_u64_div_u64(ns, 1ULL << 32, ticks);
}

/*
 * The isle's clock must not go back when the page is written anew: where the old page was ahead,
 * the new one starts there and runs slower until the next time.
 */
static void keep_ascending(struct skl_clock *next, const struct skl_clock *last)
{
	u64 told = last->monotonic_ns +
		   mul_u64_u64_shr(next->tsc_base - last->tsc_base, last->multiplier, 32);
	u64 ahead = told > next->monotonic_ns ? told - next->monotonic_ns : 0;

	ahead = min_t(u64, ahead, NSEC_PER_SEC / 2);
	next->monotonic_ns += ahead;
	next->realtime_ns += ahead;
	next->multiplier -= mul_u64_u64_div_u64(next->multiplier, ahead, NSEC_PER_SEC);
}

static void publish(struct skl_clock_page *clock)
{
	struct skl_clock *page = clock->page;
	struct instant at = now();
	struct skl_clock next = {
		.sequence = clock->last.sequence + 2,
		.tsc_base = at.tsc,
		.monotonic_ns = at.monotonic,
		.realtime_ns = at.realtime,
		.multiplier = rate(&at),
	};

	if (clock->last.multiplier)
		keep_ascending(&next, &clock->last);
	WRITE_ONCE(page->sequence, next.sequence - 1);
	/*
	 * Odd before any field, even after all; partner: the isle reads sequence, fields, sequence.
	 */
	smp_wmb();
	WRITE_ONCE(page->tsc_base, next.tsc_base);
	WRITE_ONCE(page->monotonic_ns, next.monotonic_ns);
	WRITE_ONCE(page->realtime_ns, next.realtime_ns);
	WRITE_ONCE(page->multiplier, next.multiplier);
	/* As above. */
	smp_store_release(&page->sequence, next.sequence);
	clock->last = next;
}

static void update(struct work_struct *work)
{
	struct skl_enclave *enclave;
	bool any;

	mutex_lock(&skl_pool.lock);
	list_for_each_entry(enclave, &skl_pool.enclaves, link)
		publish(&enclave->clock);
	any = !list_empty(&skl_pool.enclaves);
	mutex_unlock(&skl_pool.lock);
	if (any)
		schedule_delayed_work(&clock_work, PERIOD);
}

void skl_clock_begin(struct skl_clock_page *clock, struct skl_clock *page)
{
	lockdep_assert_held(&skl_pool.lock);
	clock->page = page;
	publish(clock);
	schedule_delayed_work(&clock_work, PERIOD);
}

void skl_clock_open(void)
{
	first = now();
}

void skl_clock_close(void)
{
	cancel_delayed_work_sync(&clock_work);
}
