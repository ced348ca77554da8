// SPDX-License-Identifier: MIT
// A lock in one word: free, taken, or taken with somebody perhaps asleep; only the last costs the holder a call. Under mutexes and under
// newlib's locks. [Drepper, Futexes Are Tricky]
#pragma once

#include "wait.hpp"

#include <kernel/thread.h>

namespace libos::futex_lock {

constexpr uint32_t free_now = 0, taken = 1, contended = 2;

inline bool try_take(uint32_t& state)
{
    return exchange_if(state, free_now, taken);
}

// Looks for a while, then sleeps. 0 or ETIMEDOUT.
int take_slowly(uint32_t& state, uint64_t deadline);

inline int take(uint32_t& state, uint64_t deadline)
{
    return try_take(state) ? 0 : take_slowly(state, deadline);
}

inline void give(uint32_t& state)
{
    const uint32_t* word = &state; // after the exchange the lock may be gone
    if (__atomic_exchange_n(&state, free_now, __ATOMIC_RELEASE) == contended)
        skl_futex_wake(word, 1);
}

// Who holds a lock, in a word beside it: only whoever does ever finds himself there. A zeroed word is nobody's.
inline uint32_t own_mark()
{
    return skl_thread_id() + 1;
}

inline bool is_mine(const uint32_t& owner)
{
    return __atomic_load_n(&owner, __ATOMIC_RELAXED) == own_mark();
}

inline void make_mine(uint32_t& owner)
{
    __atomic_store_n(&owner, own_mark(), __ATOMIC_RELAXED);
}

inline void make_nobodys(uint32_t& owner)
{
    __atomic_store_n(&owner, 0, __ATOMIC_RELAXED);
}

}
