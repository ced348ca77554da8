// SPDX-License-Identifier: MIT
// POSIX's times as nanoseconds. All of it saturates: the end of time is far enough away for anybody.
#pragma once

#include <kernel/clock.h>
#include <stdint.h>
#include <time.h>

namespace libos {

constexpr long nanoseconds_per_second = 1'000'000'000;
constexpr uint64_t nanoseconds_per_millisecond = 1'000'000;
constexpr uint64_t no_deadline = UINT64_MAX;

inline bool valid_fraction(const timespec& time)
{
    return time.tv_nsec >= 0 && time.tv_nsec < nanoseconds_per_second;
}

// For what may not be negative.
inline bool valid(const timespec& time)
{
    return time.tv_sec >= 0 && valid_fraction(time);
}

inline uint64_t saturating_sum(uint64_t left, uint64_t right)
{
    uint64_t sum;
    return __builtin_add_overflow(left, right, &sum) ? UINT64_MAX : sum;
}

// Of a valid one.
inline uint64_t nanoseconds_of(const timespec& time)
{
    uint64_t seconds;
    if (__builtin_mul_overflow(static_cast<uint64_t>(time.tv_sec), uint64_t{nanoseconds_per_second}, &seconds))
        return UINT64_MAX;
    return saturating_sum(seconds, static_cast<uint64_t>(time.tv_nsec));
}

inline timespec timespec_of(uint64_t nanoseconds)
{
    return {static_cast<time_t>(nanoseconds / nanoseconds_per_second), static_cast<long>(nanoseconds % nanoseconds_per_second)};
}

// On CLOCK_MONOTONIC.
inline uint64_t deadline_after(uint64_t nanoseconds)
{
    return saturating_sum(skl_clock_monotonic(), nanoseconds);
}

}
