// SPDX-License-Identifier: MIT
// The clock arithmetic, free of state.
#include "clock.hpp"

#include "machine.hpp"

namespace skl {
namespace {

constexpr std::uint64_t nanoseconds_per_millisecond = 1'000'000;

std::uint64_t scale(std::uint64_t ticks, std::uint64_t multiplier)
{
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(ticks) * multiplier >> 32);
}

}

Instant instant_at(const skl_clock& page, std::uint64_t (*ticks)())
{
    for (;;) {
        std::uint32_t before = __atomic_load_n(&page.sequence, __ATOMIC_ACQUIRE);
        std::uint64_t base = __atomic_load_n(&page.tsc_base, __ATOMIC_RELAXED);
        std::uint64_t monotonic = __atomic_load_n(&page.monotonic_ns, __ATOMIC_RELAXED);
        std::uint64_t realtime = __atomic_load_n(&page.realtime_ns, __ATOMIC_RELAXED);
        std::uint64_t multiplier = __atomic_load_n(&page.multiplier, __ATOMIC_RELAXED);
        std::uint64_t now = ticks();
        __atomic_thread_fence(__ATOMIC_ACQUIRE); // partner: the writer's release fence after making sequence odd
        if ((before & 1) || before != __atomic_load_n(&page.sequence, __ATOMIC_RELAXED)) {
            machine::pause();
            continue;
        }
        std::uint64_t elapsed = now > base ? scale(now - base, multiplier) : 0; // TSCs of two CPUs may differ by a little
        return {monotonic + elapsed, realtime + elapsed};
    }
}

// In two steps, since the product of a whole uptime does not fit.
std::uint64_t ticks_of(std::uint64_t nanoseconds, std::uint64_t tsc_khz)
{
    std::uint64_t whole = nanoseconds / nanoseconds_per_millisecond;
    std::uint64_t rest = nanoseconds % nanoseconds_per_millisecond;
    std::uint64_t ticks;
    if (__builtin_mul_overflow(whole, tsc_khz, &ticks))
        return UINT64_MAX;
    std::uint64_t more = (rest * tsc_khz + nanoseconds_per_millisecond - 1) / nanoseconds_per_millisecond;
    return __builtin_add_overflow(ticks, more, &ticks) ? UINT64_MAX : ticks;
}

std::uint64_t nanoseconds_of(std::uint64_t ticks, std::uint64_t tsc_khz)
{
    return ticks / tsc_khz * nanoseconds_per_millisecond + ticks % tsc_khz * nanoseconds_per_millisecond / tsc_khz;
}

}
