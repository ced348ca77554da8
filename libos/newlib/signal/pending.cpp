// SPDX-License-Identifier: MIT
// The queue of one receiver.
#include "signal/state.hpp"

namespace libos {

PendingSignals process_signals;
thread_local constinit ThreadSignals thread_signals;

bool PendingSignals::queued(int signal) const
{
    for (unsigned i = 0; i < used_; i++)
        if (queue_[i].si_signo == signal)
            return true;
    return false;
}

bool PendingSignals::add(const siginfo_t& info)
{
    int signal = info.si_signo;
    if (signal < SIGRTMIN && (set_ & signal_bit(signal)))
        return true;
    if (used_ < room)
        queue_[used_++] = info;
    else if (signal >= SIGRTMIN)
        return false;
    __atomic_or_fetch(&set_, signal_bit(signal), __ATOMIC_ACQ_REL);
    return true;
}

void PendingSignals::forget(unsigned index)
{
    used_--;
    for (unsigned i = index; i < used_; i++)
        queue_[i] = queue_[i + 1];
}

int PendingSignals::take(sigset_t set, siginfo_t& info)
{
    set &= set_;
    if (!set)
        return 0;
    int signal = first_of(set);
    info = {};
    info.si_signo = signal;
    for (unsigned i = 0; i < used_; i++) {
        if (queue_[i].si_signo == signal) {
            info = queue_[i];
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
