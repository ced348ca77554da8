/* SPDX-License-Identifier: MIT */
/* Semaphores. HermitCore's kernel had sem_init(s, value) and sem_wait(s, ms) for itself; to a program those names are POSIX's. */
#ifndef SKELLIG_HERMIT_SEMAPHORE_H
#define SKELLIG_HERMIT_SEMAPHORE_H

#include <hermit/errno.h>
#include <hermit/syscall.h>

#endif
