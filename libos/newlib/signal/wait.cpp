// SPDX-License-Identifier: MIT
// Waiting for a signal.
#include "call.hpp"
#include "pthread.hpp"
#include "signal/meanwhile.hpp"
#include "time/deadlines.hpp"

#include <kernel/clock.h>
#include <kernel/signal.h>
#include <time.h>
#include <unistd.h>

using namespace libos;

namespace {

int any_deliverable(void*)
{
    return skl_signals_waiting();
}

int any_of(void* set)
{
    return (pending() & *static_cast<sigset_t*>(set)) != 0 || deliverable() != 0;
}

// A signal that is ignored wakes nobody, so it is looked for again and again.
int wait_for_handler(sigset_t mask)
{
    CancellationPoint point;
    {
        MaskMeanwhile meanwhile(&mask);
        while (!thread_signals.handler_has_run) {
            skl_wait_for(any_deliverable, nullptr, UINT64_MAX);
            collect_from_linux();
            deliver_pending();
        }
    }
    return static_cast<int>(fail(EINTR));
}

// The signal, or -1 with errno: EAGAIN after the deadline, EINTR when a handler has run.
int take_signal(const sigset_t& set, siginfo_t& info, uint64_t deadline)
{
    CancellationPoint point;
    sigset_t wanted = set & ~unblockable;
    __atomic_store_n(&thread_signals.wanted, wanted, __ATOMIC_SEQ_CST); // before any_of() looks: a sender adds, then asks who wants it
    collect_from_linux();
    bool in_time = skl_wait_for(any_of, &wanted, deadline);
    int signal = take(wanted, info);
    __atomic_store_n(&thread_signals.wanted, 0, __ATOMIC_RELAXED);
    if (signal)
        return signal;
    deliver_pending();
    return static_cast<int>(fail(in_time ? EINTR : EAGAIN));
}

}

extern "C" {

int pause()
{
    return wait_for_handler(thread_signals.blocked);
}

int sigsuspend(const sigset_t* mask)
{
    return wait_for_handler(*mask);
}

int sigpause(int signal)
{
    return wait_for_handler(thread_signals.blocked & ~(valid_signal(signal) ? signal_bit(signal) : 0));
}

int sigtimedwait(const sigset_t* set, siginfo_t* info, const timespec* timeout)
{
    if (timeout && !valid(*timeout))
        return static_cast<int>(fail(EINVAL));
    siginfo_t found{};
    int signal = take_signal(*set, found, timeout ? deadline_after(nanoseconds_of(*timeout)) : no_deadline);
    if (signal > 0 && info)
        *info = found;
    return signal;
}

int sigwaitinfo(const sigset_t* set, siginfo_t* info)
{
    return sigtimedwait(set, info, nullptr);
}

// Returns the error instead of setting errno; a handler does not end the wait.
int sigwait(const sigset_t* set, int* signal)
{
    siginfo_t info;
    int found;
    do {
        found = take_signal(*set, info, UINT64_MAX);
    } while (found < 0);
    *signal = found;
    return 0;
}

}
