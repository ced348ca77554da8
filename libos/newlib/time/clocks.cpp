// SPDX-License-Identifier: MIT
// Reading clocks: never forwarded, but for setting the time, which an isle may not.
#include "call.hpp"
#include "memory/resident.hpp"
#include "process/children.hpp"
#include "pthread.hpp"
#include "signal/state.hpp"
#include "time/deadlines.hpp"

#include <kernel/clock.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr int64_t nanoseconds_per_microsecond = 1'000;

timeval timeval_of(uint64_t nanoseconds)
{
    timespec time = timespec_of(nanoseconds);
    return {time.tv_sec, time.tv_nsec / nanoseconds_per_microsecond};
}

int64_t ticks_of(const timeval& time, int64_t ticks_per_second)
{
    constexpr int64_t microseconds_per_second = 1'000'000;
    return time.tv_sec * ticks_per_second + time.tv_usec * ticks_per_second / microseconds_per_second;
}

// Of another thread's computing time: that thread's number is added.
constexpr clockid_t first_thread_clock = 1024;
constexpr uint64_t no_such_clock = UINT64_MAX;

// Apart, or reading the usual clocks would pay for its registers.
[[gnu::noinline]] uint64_t thread_clock(clockid_t clock)
{
    if (clock < first_thread_clock)
        return no_such_clock;
    SignalLock held;
    ThreadSignals* thread = thread_numbered(static_cast<uint32_t>(clock - first_thread_clock));
    return thread ? skl_clock_thread(thread->thread) : no_such_clock;
}

[[gnu::always_inline]] inline bool read_clock(clockid_t clock, uint64_t& nanoseconds)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        nanoseconds = skl_clock_realtime();
        return true;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
        nanoseconds = skl_clock_monotonic();
        return true;
    case CLOCK_THREAD_CPUTIME_ID:
        nanoseconds = skl_clock_thread(nullptr);
        return true;
    case CLOCK_PROCESS_CPUTIME_ID:
        nanoseconds = skl_clock_cpu();
        return true;
    default:
        nanoseconds = thread_clock(clock);
        return nanoseconds != no_such_clock;
    }
}

}

extern "C" {

int clock_gettime(clockid_t clock, timespec* time)
{
    uint64_t nanoseconds;
    if (!read_clock(clock, nanoseconds))
        return static_cast<int>(fail(EINVAL));
    *time = timespec_of(nanoseconds);
    return 0;
}

int clock_getres(clockid_t clock, timespec* resolution)
{
    uint64_t nanoseconds;
    if (!read_clock(clock, nanoseconds))
        return static_cast<int>(fail(EINVAL));
    if (resolution)
        *resolution = timespec_of(skl_clock_resolution());
    return 0;
}

int clock_settime(clockid_t, const timespec*)
{
    return static_cast<int>(fail(EPERM));
}

// Returns the error instead of setting errno, as the next one does. Of other processes Linux tells no more than whether they are there.
int clock_getcpuclockid(pid_t process, clockid_t* clock)
{
    if (process != 0 && process != getpid())
        return forward(LinuxCall::kill, process, 0) == 0 ? EPERM : ESRCH;
    *clock = CLOCK_PROCESS_CPUTIME_ID;
    return 0;
}

int pthread_getcpuclockid(pthread_t thread, clockid_t* clock)
{
    *clock = first_thread_clock + skl_thread_number(thread_of(thread).thread);
    return 0;
}

int gettimeofday(timeval* __restrict time, void* __restrict)
{
    *time = timeval_of(skl_clock_realtime());
    return 0;
}

// All of an isle's time is its own: the monitor takes next to nothing, and what the proxy spends is the proxy's.
clock_t times(tms* times)
{
    long ticks_per_second = sysconf(_SC_CLK_TCK);
    uint64_t nanoseconds_per_tick = nanoseconds_per_second / ticks_per_second;
    *times = {};
    times->tms_utime = static_cast<clock_t>(skl_clock_cpu() / nanoseconds_per_tick);
    rusage children;
    if (had_children && getrusage(RUSAGE_CHILDREN, &children) == 0) {
        times->tms_cutime = static_cast<clock_t>(ticks_of(children.ru_utime, ticks_per_second));
        times->tms_cstime = static_cast<clock_t>(ticks_of(children.ru_stime, ticks_per_second));
    }
    return static_cast<clock_t>(skl_clock_monotonic() / nanoseconds_per_tick);
}

int getrusage(int who, rusage* usage)
{
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
        return static_cast<int>(fail(EINVAL));
    if (who == RUSAGE_CHILDREN && had_children)
        return call_int(LinuxCall::getrusage, who, usage);
    *usage = {};
    if (who == RUSAGE_CHILDREN) // the proxy has had some of its own
        return 0;
    usage->ru_utime = timeval_of(who == RUSAGE_THREAD ? skl_clock_thread(nullptr) : skl_clock_cpu());
    usage->ru_maxrss = static_cast<long>(most_resident_bytes() / 1024);
    return 0;
}

}
