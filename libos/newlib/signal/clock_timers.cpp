// SPDX-License-Identifier: MIT
#include "signal/clock_timers.hpp"

#include "call.hpp"
#include "signal/state.hpp"
#include "start/reent.hpp"
#include "time/deadlines.hpp"

#include <kernel/signal.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/sysinfo.h>
#include <unistd.h>

namespace libos {
namespace {

ClockTimer timers[most_clock_timers]; // guarded by SignalLock, since handlers arm timers
uint32_t changes = 0; // written under it
skl_thread* server = nullptr;

// What is to be done for one that was due, when the lock is given back.
struct Expiry {
    int number;
    int missed; // further times that it was due since
    bool of_setitimer;
    sigevent event;
    pthread_attr_t attributes;
};

int changed_since(void* seen)
{
    return __atomic_load_n(&changes, __ATOMIC_ACQUIRE) != *static_cast<uint32_t*>(seen);
}

bool take_expiry(ClockTimer& timer, Expiry& expiry)
{
    SignalLock held;
    uint64_t now = timer.due ? now_on(timer.clock) : 0;
    if (!timer.due || now < timer.due)
        return false;
    uint64_t missed = timer.interval ? (now - timer.due) / timer.interval : 0;
    timer.due = timer.interval ? timer.due + (missed + 1) * timer.interval : 0;
    expiry = {number_of(timer), missed < INT_MAX ? static_cast<int>(missed) : INT_MAX, timer.of_setitimer, timer.event, timer.attributes};
    return true;
}

// On CLOCK_MONOTONIC, when to look again. CLOCK_REALTIME may be set meanwhile, and time is computed on all CPUs at once or on none. However
// short an interval is, others run in between.
uint64_t next_look()
{
    constexpr uint64_t shortest_look = 50'000, shortest_of_computing = 1'000'000;
    uint64_t least = UINT64_MAX;
    SignalLock held;
    for (const ClockTimer& timer : timers) {
        if (!timer.due)
            continue;
        uint64_t now = now_on(timer.clock), left = timer.due > now ? timer.due - now : 0;
        if (timer.clock == CLOCK_REALTIME && left > nanoseconds_per_second)
            left = nanoseconds_per_second;
        if (timer.clock == CLOCK_PROCESS_CPUTIME_ID) {
            left /= static_cast<unsigned>(get_nprocs());
            left = left < shortest_of_computing ? shortest_of_computing : left;
        }
        least = left < least ? left : least;
    }
    return deadline_after(least < shortest_look ? shortest_look : least);
}

// SIGEV_THREAD: nobody joins it.
void start_thread(const Expiry& expiry)
{
    struct Call {
        void (*function)(sigval);
        sigval value;
    };
    auto run = [](void* argument) -> void* {
        Call call = *static_cast<Call*>(argument);
        free(argument);
        call.function(call.value);
        return nullptr;
    };
    auto* call = static_cast<Call*>(malloc(sizeof(Call)));
    if (!call)
        return;
    *call = {expiry.event.sigev_notify_function, expiry.event.sigev_value};
    pthread_t thread;
    if (pthread_create(&thread, &expiry.attributes, run, call) != 0)
        free(call);
}

void announce(const Expiry& expiry)
{
    siginfo_t info{};
    info.si_signo = expiry.event.sigev_signo;
    info.si_code = expiry.of_setitimer ? SI_KERNEL : SI_TIMER;
    if (!expiry.of_setitimer) {
        info.si_timerid = expiry.number;
        info.si_overrun = expiry.missed;
        info.__fields.timer.value = expiry.event.sigev_value;
    }
    switch (expiry.event.sigev_notify) {
    case SIGEV_SIGNAL:
        send_to_process(info);
        break;
    case SIGEV_THREAD_ID: {
        SignalLock held;
        if (ThreadSignals* receiver = thread_numbered(static_cast<uint32_t>(expiry.event.sigev_notify_thread_id - getpid())))
            send_while_held(*receiver, info);
        break;
    }
    case SIGEV_THREAD:
        start_thread(expiry);
        break;
    }
}

// It is none of the threads that signals are given to.
void serve(void*)
{
    start_reent();
    thread_signals.blocked = ~sigset_t{0};
    for (;;) {
        uint32_t seen = __atomic_load_n(&changes, __ATOMIC_ACQUIRE);
        for (ClockTimer& timer : timers)
            if (Expiry expiry; take_expiry(timer, expiry))
                announce(expiry);
        skl_wait_for(changed_since, &seen, next_look());
    }
}

// False: there is no memory for it.
bool have_server()
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    skl_thread_plan plan{};
    plan.stack_size = 65536;
    plan.guard_size = 4096;
    pthread_mutex_lock(&mutex);
    if (!server && skl_thread_create(&plan, &server) == 0)
        skl_thread_launch(server, serve, nullptr);
    pthread_mutex_unlock(&mutex);
    return server;
}

TimerTimes times_while_held(const ClockTimer& timer)
{
    if (!timer.due)
        return {0, timer.interval};
    uint64_t now = now_on(timer.clock);
    return {timer.due > now ? timer.due - now : 1, timer.interval};
}

}

uint64_t now_on(clockid_t clock)
{
    if (clock == CLOCK_PROCESS_CPUTIME_ID)
        return skl_clock_cpu();
    return clock == CLOCK_REALTIME ? skl_clock_realtime() : skl_clock_monotonic();
}

ClockTimer* take_clock_timer(const sigevent& event)
{
    if (!have_server())
        return nullptr;
    SignalLock held;
    for (ClockTimer& timer : timers) {
        if (timer.used)
            continue;
        timer = {};
        timer.used = true;
        timer.event = event;
        return &timer;
    }
    return nullptr;
}

void give_clock_timer(ClockTimer& timer)
{
    SignalLock held;
    timer.due = 0;
    timer.used = false;
}

int number_of(const ClockTimer& timer)
{
    return static_cast<int>(&timer - timers);
}

ClockTimer* clock_timer_numbered(uint64_t number)
{
    return number < most_clock_timers && timers[number].used ? &timers[number] : nullptr;
}

TimerTimes arm(ClockTimer& timer, clockid_t clock, uint64_t due, uint64_t interval)
{
    TimerTimes before;
    {
        SignalLock held;
        before = times_while_held(timer);
        timer.clock = clock;
        timer.due = due;
        timer.interval = interval;
        __atomic_add_fetch(&changes, 1, __ATOMIC_RELEASE);
    }
    skl_thread_interrupt(server);
    return before;
}

TimerTimes times_of(const ClockTimer& timer)
{
    SignalLock held;
    return times_while_held(timer);
}

void clock_timer_signal_taken(const siginfo_t& info)
{
    if (info.si_timerid >= 0 && info.si_timerid < most_clock_timers)
        timers[info.si_timerid].overrun = info.si_overrun;
}

}
