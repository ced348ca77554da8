// SPDX-License-Identifier: MIT
// Spinlock for libos: api/kernel/lock.h.
#include "machine.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/lock.h>

extern "C" int skl_lock_take(struct skl_lock* lock)
{
    bool was_masked = skl::mask_upcalls();
    while (__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE)) { // partner: skl_lock_give
        while (__atomic_load_n(&lock->taken, __ATOMIC_RELAXED))
            skl::machine::pause();
    }
    return was_masked;
}

extern "C" void skl_lock_give(struct skl_lock* lock, int was_masked)
{
    __atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
    if (!was_masked)
        skl::unmask_upcalls();
}
