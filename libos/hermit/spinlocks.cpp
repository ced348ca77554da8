// SPDX-License-Identifier: MIT
// Spinlocks with an owner, who may take them again. Who has spun for a while sleeps: the holder may be waiting for this very CPU.
#include "futex_lock.hpp"

#include <hermit/syscall.h>
#include <stdlib.h>

using namespace libos;

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
    if (!futex_lock::is_mine(lock->__owner)) {
        futex_lock::take(lock->__state, no_deadline);
        futex_lock::make_mine(lock->__owner);
    }
    lock->__depth++;
    return 0;
}

int sys_spinlock_unlock(spinlock_t* lock)
{
    if (!lock || !futex_lock::is_mine(lock->__owner))
        return -EINVAL;
    if (--lock->__depth == 0) {
        futex_lock::make_nobodys(lock->__owner);
        futex_lock::give(lock->__state);
    }
    return 0;
}

}
