/* SPDX-License-Identifier: MIT */
/* Time in ticks of TIMER_FREQ. */
#ifndef SKELLIG_HERMIT_TIME_H
#define SKELLIG_HERMIT_TIME_H

#include <hermit/config.h>
#include <hermit/syscall.h>
#include <time.h>

static __inline__ uint64_t get_clock_tick(void)
{
	return sys_get_ticks();
}

/* Milliseconds of the same clock. */
static __inline__ uint64_t get_uptime(void)
{
	return get_clock_tick() * (1000 / TIMER_FREQ);
}

static __inline__ int timer_wait(unsigned int ticks)
{
	sys_msleep(ticks * (1000 / TIMER_FREQ));
	return 0;
}

#endif
