// SPDX-License-Identifier: MIT
// Spinlock for libos: api/kernel/lock.h.
#include "spinlock.hpp"

#include <kernel/lock.h>

using skl::Spinlock;

static_assert(sizeof(Spinlock) <= sizeof(skl_lock) && alignof(Spinlock) <= alignof(skl_lock));

extern "C" int skl_lock_take(struct skl_lock* lock)
{
    bool was_masked = skl::mask_upcalls();
    reinterpret_cast<Spinlock*>(lock)->lock(); // zero is a free one
    return was_masked;
}

extern "C" void skl_lock_give(struct skl_lock* lock, int was_masked)
{
    reinterpret_cast<Spinlock*>(lock)->unlock();
    if (!was_masked)
        skl::unmask_upcalls();
}
