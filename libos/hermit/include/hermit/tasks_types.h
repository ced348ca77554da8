/* SPDX-License-Identifier: MIT */
/* A task is a thread. */
#ifndef SKELLIG_HERMIT_TASKS_TYPES_H
#define SKELLIG_HERMIT_TASKS_TYPES_H

typedef unsigned int tid_t;
typedef int (*entry_point_t)(void *);

/* Every thread has NORMAL_PRIO. */
#define IDLE_PRIO 0
#define LOW_PRIO 1
#define NORMAL_PRIO 8
#define HIGH_PRIO 16
#define REALTIME_PRIO 31
#define MAX_PRIO 31

#endif
