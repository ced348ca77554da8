// SPDX-License-Identifier: MIT
// Spinlocks with an owner, who may take them again. Who has spun for a while sleeps: the holder may be waiting for this very CPU.
#include "futex_lock.hpp"

#include <hermit/syscall.h>
#include <kernel/thread.h>
#include <stdlib.h>

using namespace libos;

namespace {

uint32_t self()
{
    return skl_thread_id() + 1;
}

bool held(const spinlock_t& lock)
{
    return __atomic_load_n(&lock.__owner, __ATOMIC_RELAXED) == self();
}

}

extern "C" {

int sys_spinlock_init(spinlock_t** lock)
{
    if (!lock)
        return -EINVAL;
    *lock = static_cast<spinlock_t*>(calloc(1, sizeof(spinlock_t)));
    return *lock ? 0 : -ENOMEM;
}

int sys_spinlock_destroy(spinlock_t* lock)
{
    if (!lock)
        return -EINVAL;
    free(lock);
    return 0;
}

int sys_spinlock_lock(spinlock_t* lock)
{
    if (!lock)
        return -EINVAL;
    if (!held(*lock)) {
        futex_lock::take(lock->__state, no_deadline);
        __atomic_store_n(&lock->__owner, self(), __ATOMIC_RELAXED);
    }
    lock->__depth++;
    return 0;
}

int sys_spinlock_unlock(spinlock_t* lock)
{
    if (!lock || !held(*lock))
        return -EINVAL;
    if (--lock->__depth == 0) {
        __atomic_store_n(&lock->__owner, 0, __ATOMIC_RELAXED);
        futex_lock::give(lock->__state);
    }
    return 0;
}

}
