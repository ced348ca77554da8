// SPDX-License-Identifier: MIT
// POSIX's timers. [posix] timer_create(), timer_settime()
#include "call.hpp"
#include "signal/clock_timers.hpp"
#include "signal/state.hpp"
#include "time/deadlines.hpp"

#include <signal.h>
#include <time.h>

using namespace libos;

namespace {

// The clock to count on, or none. A thread's own could not be read while it runs on another CPU.
bool clock_of(clockid_t asked, clockid_t& clock)
{
    clock = asked == CLOCK_BOOTTIME ? CLOCK_MONOTONIC : asked;
    return clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME || clock == CLOCK_PROCESS_CPUTIME_ID;
}

bool valid_event(const sigevent& event)
{
    switch (event.sigev_notify) {
    case SIGEV_NONE:
    case SIGEV_THREAD:
        return true;
    case SIGEV_SIGNAL:
    case SIGEV_THREAD_ID:
        return valid_signal(event.sigev_signo);
    }
    return false;
}

// The program's attributes are its own; a thread that nobody joins must be detached.
void keep_attributes(ClockTimer& timer)
{
    const auto* asked = static_cast<const pthread_attr_t*>(timer.event.sigev_notify_attributes);
    if (asked)
        timer.attributes = *asked;
    else
        pthread_attr_init(&timer.attributes);
    pthread_attr_setdetachstate(&timer.attributes, PTHREAD_CREATE_DETACHED);
}

timespec timespec_of(uint64_t nanoseconds)
{
    return {static_cast<time_t>(nanoseconds / nanoseconds_per_second), static_cast<long>(nanoseconds % nanoseconds_per_second)};
}

itimerspec shown(const TimerTimes& times)
{
    return {timespec_of(times.interval), timespec_of(times.left)};
}

}

extern "C" {

int timer_create(clockid_t asked, sigevent* __restrict wanted, timer_t* __restrict id)
{
    clockid_t clock;
    if (!clock_of(asked, clock))
        return static_cast<int>(fail(asked == CLOCK_THREAD_CPUTIME_ID ? ENOTSUP : EINVAL));
    sigevent event{};
    event.sigev_signo = SIGALRM;
    if (wanted)
        event = *wanted;
    if (!valid_event(event))
        return static_cast<int>(fail(EINVAL));
    ClockTimer* timer = take_clock_timer(event);
    if (!timer)
        return static_cast<int>(fail(EAGAIN));
    timer->asked = clock;
    if (!wanted)
        timer->event.sigev_value.sival_int = number_of(*timer);
    if (event.sigev_notify == SIGEV_THREAD)
        keep_attributes(*timer);
    *id = static_cast<timer_t>(number_of(*timer));
    return 0;
}

int timer_delete(timer_t id)
{
    ClockTimer* timer = clock_timer_numbered(id);
    if (!timer)
        return static_cast<int>(fail(EINVAL));
    give_clock_timer(*timer);
    return 0;
}

// A time on CLOCK_REALTIME moves when that clock is set; a time from now on does not.
int timer_settime(timer_t id, int flags, const itimerspec* __restrict value, itimerspec* __restrict old)
{
    ClockTimer* timer = clock_timer_numbered(id);
    if (!timer || !valid(value->it_value) || !valid(value->it_interval))
        return static_cast<int>(fail(EINVAL));
    bool absolute = flags & TIMER_ABSTIME;
    uint64_t due = nanoseconds_of(value->it_value);
    clockid_t clock = timer->asked == CLOCK_REALTIME && !absolute ? CLOCK_MONOTONIC : timer->asked;
    if (due && !absolute)
        due = saturating_sum(now_on(clock), due);
    TimerTimes before = arm(*timer, clock, due, nanoseconds_of(value->it_interval));
    if (old)
        *old = shown(before);
    return 0;
}

int timer_gettime(timer_t id, itimerspec* value)
{
    ClockTimer* timer = clock_timer_numbered(id);
    if (!timer)
        return static_cast<int>(fail(EINVAL));
    *value = shown(times_of(*timer));
    return 0;
}

int timer_getoverrun(timer_t id)
{
    ClockTimer* timer = clock_timer_numbered(id);
    return timer ? timer->overrun : static_cast<int>(fail(EINVAL));
}

}
