// SPDX-License-Identifier: MIT
// Sleeping until a time. No signal handler runs in the meantime, so nothing is ever left to sleep.
#include "call.hpp"

#include <kernel/clock.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr long nanoseconds_per_second = 1'000'000'000;

bool valid(const timespec& time)
{
    return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < nanoseconds_per_second;
}

// Saturates: the end of time is far enough away for anybody.
uint64_t nanoseconds_of(const timespec& time)
{
    uint64_t nanoseconds;
    if (__builtin_mul_overflow(static_cast<uint64_t>(time.tv_sec), uint64_t{nanoseconds_per_second}, &nanoseconds))
        return UINT64_MAX;
    return __builtin_add_overflow(nanoseconds, static_cast<uint64_t>(time.tv_nsec), &nanoseconds) ? UINT64_MAX : nanoseconds;
}

void sleep_for(uint64_t nanoseconds)
{
    uint64_t deadline;
    if (__builtin_add_overflow(skl_clock_monotonic(), nanoseconds, &deadline))
        deadline = UINT64_MAX;
    skl_sleep_until(deadline);
}

// By steps of a second at most, since CLOCK_REALTIME may be set while we sleep.
void sleep_until_realtime(uint64_t deadline)
{
    for (;;) {
        uint64_t now = skl_clock_realtime();
        if (now >= deadline)
            return;
        uint64_t left = deadline - now;
        sleep_for(left < nanoseconds_per_second ? left : nanoseconds_per_second);
    }
}

}

extern "C" {

int nanosleep(const timespec* duration, timespec* left)
{
    if (!valid(*duration))
        return static_cast<int>(fail(EINVAL));
    sleep_for(nanoseconds_of(*duration));
    if (left)
        *left = {};
    return 0;
}

// Returns the error instead of setting errno.
int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left)
{
    if (!valid(*time) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return EINVAL;
    if (!(flags & TIMER_ABSTIME))
        return nanosleep(time, left);
    if (clock == CLOCK_MONOTONIC)
        skl_sleep_until(nanoseconds_of(*time));
    else
        sleep_until_realtime(nanoseconds_of(*time));
    return 0;
}

unsigned sleep(unsigned seconds)
{
    sleep_for(uint64_t{seconds} * nanoseconds_per_second);
    return 0;
}

int usleep(useconds_t microseconds)
{
    sleep_for(uint64_t{microseconds} * 1000);
    return 0;
}

}
