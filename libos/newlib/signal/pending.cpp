// SPDX-License-Identifier: MIT
// The queue of all receivers, in the order of sending.
#include "signal/clock_timers.hpp"
#include "signal/state.hpp"

#include <limits.h>

namespace libos {

PendingSignals process_signals;
thread_local constinit ThreadSignals thread_signals;

namespace {

struct Entry {
    const PendingSignals* receiver;
    siginfo_t info;
};
constexpr unsigned room = most_queued_signals;
Entry queue[room]; // [0, used)
unsigned used = 0;

void forget(unsigned index)
{
    used--;
    for (unsigned i = index; i < used; i++)
        queue[i] = queue[i + 1];
}

}

bool PendingSignals::queued(int signal) const
{
    for (unsigned i = 0; i < used; i++)
        if (queue[i].receiver == this && queue[i].info.si_signo == signal)
            return true;
    return false;
}

// A timer has one signal under way at most; what it misses is counted there.
bool PendingSignals::joins_waiting_one(const siginfo_t& info) const
{
    for (unsigned i = 0; i < used; i++) {
        siginfo_t& waiting = queue[i].info;
        if (queue[i].receiver != this || waiting.si_code != SI_TIMER || waiting.si_timerid != info.si_timerid)
            continue;
        int more;
        if (__builtin_add_overflow(info.si_overrun, 1, &more) || __builtin_add_overflow(waiting.si_overrun, more, &waiting.si_overrun))
            waiting.si_overrun = INT_MAX;
        return true;
    }
    return false;
}

bool PendingSignals::add(const siginfo_t& info)
{
    int signal = info.si_signo;
    if (info.si_code == SI_TIMER && joins_waiting_one(info))
        return true;
    if (signal < SIGRTMIN && (set_ & signal_bit(signal)))
        return true;
    if (used < room)
        queue[used++] = {this, info};
    else if (signal >= SIGRTMIN)
        return false;
    __atomic_or_fetch(&set_, signal_bit(signal), __ATOMIC_ACQ_REL);
    return true;
}

int PendingSignals::take(sigset_t set, siginfo_t& info)
{
    set &= set_;
    if (!set)
        return 0;
    int signal = first_of(set);
    info = {};
    info.si_signo = signal;
    for (unsigned i = 0; i < used; i++) {
        if (queue[i].receiver == this && queue[i].info.si_signo == signal) {
            info = queue[i].info;
            if (info.si_code == SI_TIMER)
                clock_timer_signal_taken(info);
            forget(i);
            break;
        }
    }
    if (!queued(signal))
        __atomic_and_fetch(&set_, ~signal_bit(signal), __ATOMIC_ACQ_REL);
    return signal;
}

void PendingSignals::drop(int signal)
{
    siginfo_t unused;
    while (take(signal_bit(signal), unused)) {
    }
}

}
