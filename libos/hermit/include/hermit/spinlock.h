/* SPDX-License-Identifier: MIT */
/* Locks where the program has put them; syscall.h has those that are allocated. Errors are negative. */
#ifndef SKELLIG_HERMIT_SPINLOCK_H
#define SKELLIG_HERMIT_SPINLOCK_H

#include <hermit/errno.h>
#include <hermit/syscall.h>

static __inline__ int spinlock_init(spinlock_t *lock)
{
	static const spinlock_t free_lock = SPINLOCK_INIT;

	if (!lock)
		return -EINVAL;
	*lock = free_lock;
	return 0;
}

static __inline__ int spinlock_destroy(spinlock_t *lock)
{
	return spinlock_init(lock);
}

static __inline__ int spinlock_lock(spinlock_t *lock)
{
	return sys_spinlock_lock(lock);
}

static __inline__ int spinlock_unlock(spinlock_t *lock)
{
	return sys_spinlock_unlock(lock);
}

#endif
