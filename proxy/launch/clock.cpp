// SPDX-License-Identifier: MIT
// The host's and the guest's counters run at the same rate; their distance is found when the guest reports its first value.
#include "launch/clock.hpp"

#include <algorithm>
#include <ctime>
#include <x86intrin.h>

namespace skl {
namespace {

std::uint64_t clock_ns(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

struct Moment {
    std::uint64_t ns;
    std::uint64_t tsc;
};

// Both clocks at once. On a busy machine another thread may run between the two readings: the closest of a few counts.
Moment moment()
{
    constexpr int tries = 10;
    Moment best{};
    std::uint64_t closest = UINT64_MAX;
    for (int i = 0; i < tries; i++) {
        std::uint64_t before = __rdtsc(), ns = clock_ns(CLOCK_MONOTONIC_RAW), apart = __rdtsc() - before;
        if (apart < closest) {
            closest = apart;
            best = {ns, before + apart / 2};
        }
    }
    return best;
}

}

std::uint64_t measure_tsc_khz()
{
    Moment start = moment();
    timespec pause{0, 10'000'000};
    ::nanosleep(&pause, nullptr);
    Moment end = moment();
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(end.tsc - start.tsc) * 1'000'000 / (end.ns - start.ns));
}

ClockWriter::ClockWriter(skl_clock& page, std::uint64_t tsc_khz)
    : page_(page), multiplier_((std::uint64_t{1'000'000} << 32) / tsc_khz)
{
    __atomic_store_n(&page_.sequence, 1, __ATOMIC_RELEASE); // odd: readers wait for synchronize()
}

void ClockWriter::synchronize(std::uint64_t guest_tsc)
{
    offset_ = guest_tsc - __rdtsc();
    write(guest_tsc, clock_ns(CLOCK_MONOTONIC), clock_ns(CLOCK_REALTIME), multiplier_);
}

// What a reader of the page would compute for this counter value.
std::uint64_t ClockWriter::promised(std::uint64_t guest_tsc) const
{
    auto elapsed = static_cast<unsigned __int128>(guest_tsc - page_.tsc_base) * page_.multiplier >> 32;
    return page_.monotonic_ns + static_cast<std::uint64_t>(elapsed);
}

void ClockWriter::refresh()
{
    constexpr std::uint64_t slew_limit = 1'000'000; // ns to make up for in one second: 0.1 %
    std::uint64_t monotonic = clock_ns(CLOCK_MONOTONIC);
    std::uint64_t tsc = __rdtsc() + offset_;
    std::uint64_t base = std::max(monotonic, promised(tsc));
    std::uint64_t ahead = std::min(base - monotonic, slew_limit);
    std::uint64_t slower = static_cast<std::uint64_t>(static_cast<unsigned __int128>(multiplier_) * ahead / 1'000'000'000);
    write(tsc, base, clock_ns(CLOCK_REALTIME), multiplier_ - slower);
}

void ClockWriter::write(std::uint64_t guest_tsc, std::uint64_t monotonic, std::uint64_t realtime, std::uint64_t multiplier)
{
    std::uint32_t odd = page_.sequence | 1;
    __atomic_store_n(&page_.sequence, odd, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE); // partner: the reader's acquire fence before its second look at sequence
    __atomic_store_n(&page_.tsc_base, guest_tsc, __ATOMIC_RELAXED);
    __atomic_store_n(&page_.monotonic_ns, monotonic, __ATOMIC_RELAXED);
    __atomic_store_n(&page_.realtime_ns, realtime, __ATOMIC_RELAXED);
    __atomic_store_n(&page_.multiplier, multiplier, __ATOMIC_RELAXED);
    __atomic_store_n(&page_.sequence, odd + 1, __ATOMIC_RELEASE);
}

}
