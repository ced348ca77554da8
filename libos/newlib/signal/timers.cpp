// SPDX-License-Identifier: MIT
// Interval timers. ITIMER_REAL is Linux's own, armed for the proxy, which passes the signal on; the others would count the proxy's time.
#include "call.hpp"
#include "signal/clock_timers.hpp"
#include "time/deadlines.hpp"

#include <sys/time.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr long microseconds_per_second = 1'000'000, nanoseconds_per_microsecond = 1000;

// ITIMER_VIRTUAL and ITIMER_PROF, which are the same: an isle computes nowhere but in its program. Null: never set.
ClockTimer* virtual_timers[2];

constexpr bool counts_computing(int which)
{
    return which == ITIMER_VIRTUAL || which == ITIMER_PROF;
}

ClockTimer*& timer_of(int which)
{
    return virtual_timers[which == ITIMER_PROF];
}

bool valid(const timeval& time)
{
    return time.tv_sec >= 0 && time.tv_usec >= 0 && time.tv_usec < microseconds_per_second;
}

uint64_t nanoseconds_of(const timeval& time)
{
    return libos::nanoseconds_of(timespec{time.tv_sec, time.tv_usec * nanoseconds_per_microsecond});
}

timeval timeval_of(uint64_t nanoseconds)
{
    uint64_t microseconds = (nanoseconds + nanoseconds_per_microsecond - 1) / nanoseconds_per_microsecond;
    return {static_cast<time_t>(microseconds / microseconds_per_second), static_cast<suseconds_t>(microseconds % microseconds_per_second)};
}

itimerval shown(const TimerTimes& times)
{
    return {timeval_of(times.interval), timeval_of(times.left)};
}

int set_virtual(int which, const itimerval& value, itimerval* old)
{
    if (!valid(value.it_value) || !valid(value.it_interval))
        return static_cast<int>(fail(EINVAL));
    ClockTimer*& timer = timer_of(which);
    if (!timer) {
        sigevent event{};
        event.sigev_signo = which == ITIMER_PROF ? SIGPROF : SIGVTALRM;
        timer = take_clock_timer(event);
        if (!timer)
            return static_cast<int>(fail(EAGAIN));
        timer->of_setitimer = true;
    }
    uint64_t left = nanoseconds_of(value.it_value);
    uint64_t due = left ? saturating_sum(now_on(CLOCK_PROCESS_CPUTIME_ID), left) : 0;
    TimerTimes before = arm(*timer, CLOCK_PROCESS_CPUTIME_ID, due, nanoseconds_of(value.it_interval));
    if (old)
        *old = shown(before);
    return 0;
}

}

extern "C" {

unsigned alarm(unsigned seconds)
{
    return static_cast<unsigned>(call(LinuxCall::alarm, seconds));
}

// struct itimerval is Linux's: four longs.
int setitimer(int which, const itimerval* value, itimerval* old)
{
    return counts_computing(which) ? set_virtual(which, *value, old) : call_int(LinuxCall::setitimer, which, value, old);
}

int getitimer(int which, itimerval* value)
{
    if (!counts_computing(which))
        return call_int(LinuxCall::getitimer, which, value);
    ClockTimer* timer = timer_of(which);
    *value = timer ? shown(times_of(*timer)) : itimerval{};
    return 0;
}

useconds_t ualarm(useconds_t first, useconds_t interval)
{
    itimerval timer{{static_cast<time_t>(interval / 1000000), static_cast<suseconds_t>(interval % 1000000)},
                    {static_cast<time_t>(first / 1000000), static_cast<suseconds_t>(first % 1000000)}};
    itimerval old{};
    setitimer(ITIMER_REAL, &timer, &old);
    return static_cast<useconds_t>(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}

}
