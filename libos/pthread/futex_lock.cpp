// SPDX-License-Identifier: MIT
// The way to a lock that is taken.
#include "futex_lock.hpp"

#include <kernel/process.h>

namespace libos::futex_lock {
namespace {

constexpr int looks = 100; // before sleeping; the holder is likely to be near its end

bool look_for_a_while(uint32_t& state)
{
    if (skl_cpu_count() == 1)
        return false;
    for (int i = 0; i < looks; i++) {
        if (__atomic_load_n(&state, __ATOMIC_RELAXED) == free_now && try_take(state))
            return true;
        __builtin_ia32_pause();
    }
    return false;
}

}

int take_slowly(uint32_t& state, uint64_t deadline)
{
    if (look_for_a_while(state))
        return 0;
    while (__atomic_exchange_n(&state, contended, __ATOMIC_ACQUIRE) != free_now)
        if (wait_on(state, contended, deadline) == SKL_FUTEX_TIMEOUT)
            return ETIMEDOUT;
    return 0;
}

}
