/* SPDX-License-Identifier: MIT */
/* Making tasks, and giving the CPU to another one. */
#ifndef SKELLIG_HERMIT_TASKS_H
#define SKELLIG_HERMIT_TASKS_H

#include <hermit/config.h>
#include <hermit/syscall.h>

/* The priority is not looked at. */
static __inline__ int clone_task(tid_t *id, entry_point_t entry, void *argument, uint8_t priority)
{
	(void)priority;
	return sys_clone(id, (void *)entry, argument);
}

static __inline__ void reschedule(void)
{
	sys_yield();
}

#endif
