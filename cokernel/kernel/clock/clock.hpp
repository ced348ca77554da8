// SPDX-License-Identifier: MIT
// TSC to nanoseconds by the clock page, and nanoseconds to TSC ticks for deadlines.
#pragma once

#include <skellig/public.h>

#include <cstdint>

namespace skl {

// One consistent look at the clock page, converted at TSC value `ticks`.
struct Instant {
    std::uint64_t monotonic;
    std::uint64_t realtime;
};
Instant instant_at(const skl_clock& page, std::uint64_t (*ticks)());

// Rounded up: a deadline must not come early.
std::uint64_t ticks_of(std::uint64_t nanoseconds, std::uint64_t tsc_khz);
std::uint64_t nanoseconds_of(std::uint64_t ticks, std::uint64_t tsc_khz);

// A deadline on CLOCK_MONOTONIC as a TSC value; UINT64_MAX: 0, none.
std::uint64_t deadline_ticks(std::uint64_t deadline);

}
