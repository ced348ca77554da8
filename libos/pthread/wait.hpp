// SPDX-License-Identifier: MIT
// Waiting on a futex word as POSIX functions do: deadlines on any clock, handlers run in between.
#pragma once

#include "signal/state.hpp"

#include <errno.h>
#include <kernel/clock.h>
#include <kernel/futex.h>
#include <time.h>

namespace libos {

constexpr uint64_t no_deadline = UINT64_MAX;
constexpr uint64_t nanoseconds_in_second = 1'000'000'000;

// An absolute time of a clock as CLOCK_MONOTONIC's nanoseconds. 0, or EINVAL: no such time or clock.
inline int deadline_on(clockid_t clock, const timespec& time, uint64_t& deadline)
{
    if (time.tv_nsec < 0 || time.tv_nsec >= static_cast<long>(nanoseconds_in_second) ||
        (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return EINVAL;
    if (time.tv_sec < 0) {
        deadline = 0;
        return 0;
    }
    uint64_t nanoseconds;
    if (__builtin_mul_overflow(static_cast<uint64_t>(time.tv_sec), nanoseconds_in_second, &nanoseconds) ||
        __builtin_add_overflow(nanoseconds, static_cast<uint64_t>(time.tv_nsec), &nanoseconds)) {
        deadline = no_deadline;
        return 0;
    }
    if (clock == CLOCK_REALTIME) {
        uint64_t real = skl_clock_realtime(), monotonic = skl_clock_monotonic();
        nanoseconds = nanoseconds < real ? 0 : nanoseconds - real + monotonic;
    }
    deadline = nanoseconds;
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
