/* SPDX-License-Identifier: MIT */
/* sem_t is POSIX's here; sys_sem_init() makes one that sem_post() and its kind take, too. */
#ifndef SKELLIG_HERMIT_SEMAPHORE_TYPES_H
#define SKELLIG_HERMIT_SEMAPHORE_TYPES_H

#include <semaphore.h>

#endif
