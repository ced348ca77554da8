// SPDX-License-Identifier: MIT
// Sleeping until a time, or until a signal handler has run.
#include "call.hpp"
#include "pthread.hpp"
#include "signal/state.hpp"
#include "time/deadlines.hpp"

#include <kernel/clock.h>
#include <kernel/signal.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

int handler_wants_to_run(void*)
{
    return deliverable() != 0;
}

// False: a handler has run meanwhile.
bool sleep_until(uint64_t deadline)
{
    CancellationPoint point;
    if (!skl_wait_for(handler_wants_to_run, nullptr, deadline))
        return true;
    deliver_pending();
    return false;
}

// What is left to sleep; 0: nothing.
uint64_t sleep_for(uint64_t nanoseconds)
{
    uint64_t deadline = deadline_after(nanoseconds);
    if (sleep_until(deadline))
        return 0;
    uint64_t now = skl_clock_monotonic();
    return now < deadline ? deadline - now : 0;
}

// By steps of a second at most, since CLOCK_REALTIME may be set while we sleep.
bool sleep_until_realtime(uint64_t deadline)
{
    for (;;) {
        uint64_t now = skl_clock_realtime();
        if (now >= deadline)
            return true;
        uint64_t left = deadline - now;
        if (!sleep_until(deadline_after(left < nanoseconds_per_second ? left : nanoseconds_per_second)))
            return false;
    }
}

}

extern "C" {

int nanosleep(const timespec* duration, timespec* left)
{
    if (!valid(*duration))
        return static_cast<int>(fail(EINVAL));
    uint64_t rest = sleep_for(nanoseconds_of(*duration));
    if (left)
        *left = timespec_of(rest);
    return rest ? static_cast<int>(fail(EINTR)) : 0;
}

// Returns the error instead of setting errno.
int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left)
{
    if (!valid(*time) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
        return EINVAL;
    if (!(flags & TIMER_ABSTIME))
        return nanosleep(time, left) < 0 ? errno : 0;
    uint64_t deadline = nanoseconds_of(*time);
    return (clock == CLOCK_MONOTONIC ? sleep_until(deadline) : sleep_until_realtime(deadline)) ? 0 : EINTR;
}

unsigned sleep(unsigned seconds)
{
    uint64_t left = sleep_for(uint64_t{seconds} * nanoseconds_per_second);
    return static_cast<unsigned>((left + nanoseconds_per_second - 1) / nanoseconds_per_second);
}

int usleep(useconds_t microseconds)
{
    return sleep_for(uint64_t{microseconds} * 1000) ? static_cast<int>(fail(EINTR)) : 0;
}

}
