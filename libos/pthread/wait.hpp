// SPDX-License-Identifier: MIT
// Waiting on a futex word as POSIX functions do: deadlines on any clock, handlers run in between.
#pragma once

#include "signal/state.hpp"
#include "time/deadlines.hpp"

#include <errno.h>
#include <kernel/futex.h>

namespace libos {

// An absolute time of a clock as CLOCK_MONOTONIC's nanoseconds. 0, or EINVAL: no such time or clock.
inline int deadline_on(clockid_t clock, const timespec& time, uint64_t& deadline)
{
    if (!valid_fraction(time) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return EINVAL;
    deadline = time.tv_sec < 0 ? 0 : nanoseconds_of(time);
    if (clock == CLOCK_REALTIME && deadline != no_deadline) {
        uint64_t now = skl_clock_realtime();
        deadline = deadline < now ? 0 : deadline - now + skl_clock_monotonic();
    }
    return 0;
}

// Handlers have run by the time it returns.
inline skl_futex_answer wait_on(const uint32_t& word, uint32_t expected, uint64_t deadline)
{
    skl_futex_answer answer = skl_futex_wait(&word, expected, deadline);
    if (answer == SKL_FUTEX_INTERRUPTED)
        deliver_pending();
    return answer;
}

inline uint32_t load(const uint32_t& word)
{
    return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
}

// True: it was `expected` and is `desired` now.
inline bool exchange_if(uint32_t& word, uint32_t expected, uint32_t desired)
{
    return __atomic_compare_exchange_n(&word, &expected, desired, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

}
