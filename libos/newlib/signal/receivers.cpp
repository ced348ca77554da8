// SPDX-License-Identifier: MIT
// Who receives a signal: all threads of the process, and the choice among them.
#include "call.hpp"
#include "signal/state.hpp"

#include <kernel/lock.h>
#include <kernel/signal.h>

namespace libos {
namespace {

skl_lock lock;
ThreadSignals* threads = nullptr; // the last that was made first

sigset_t load(const sigset_t& set)
{
    return __atomic_load_n(&set, __ATOMIC_RELAXED);
}

// Who waits for it comes first, then whoever lets it in: the main thread, which is the last of the list, if it does.
ThreadSignals* receiver_of(int signal)
{
    ThreadSignals* found = nullptr;
    for (ThreadSignals* thread = threads; thread; thread = thread->next) {
        if (load(thread->wanted) & signal_bit(signal))
            return thread;
        if (!(load(thread->blocked) & signal_bit(signal)))
            found = thread;
    }
    return found;
}

// Ignored, and not kept for later: a thread lets it in, and none waits for it.
bool falls_away(int signal)
{
    if (!ignored(signal))
        return false;
    ThreadSignals* receiver = receiver_of(signal);
    return receiver && !(load(receiver->wanted) & signal_bit(signal));
}

}

SignalLock::SignalLock() : was_masked_(skl_lock_take(&lock))
{
}

SignalLock::~SignalLock()
{
    skl_lock_give(&lock, was_masked_);
}

void enlist(ThreadSignals& signals, skl_thread* thread, sigset_t blocked)
{
    signals.blocked = blocked;
    signals.thread = thread;
    SignalLock held;
    signals.next = threads;
    threads = &signals;
}

void discharge(ThreadSignals& signals)
{
    SignalLock held;
    for (sigset_t set = signals.pending.set(); set; set &= set - 1)
        signals.pending.drop(first_of(set));
    ThreadSignals** link = &threads;
    while (*link != &signals)
        link = &(*link)->next;
    *link = signals.next;
}

int send_to_process(const siginfo_t& info)
{
    SignalLock held;
    if (falls_away(info.si_signo))
        return 0;
    if (!process_signals.add(info)) // before a receiver is looked for; partner: change_mask, take_signal
        return EAGAIN;
    if (ThreadSignals* receiver = receiver_of(info.si_signo))
        skl_thread_interrupt(receiver->thread);
    return 0;
}

ThreadSignals* thread_numbered(uint32_t number)
{
    for (ThreadSignals* thread = threads; thread; thread = thread->next)
        if (skl_thread_number(thread->thread) == number)
            return thread;
    return nullptr;
}

uint32_t thread_count()
{
    SignalLock held;
    uint32_t count = 0;
    for (ThreadSignals* thread = threads; thread; thread = thread->next)
        count++;
    return count;
}

int send_to_thread(ThreadSignals& receiver, const siginfo_t& info)
{
    SignalLock held;
    return send_while_held(receiver, info);
}

int send_while_held(ThreadSignals& receiver, const siginfo_t& info)
{
    if (ignored(info.si_signo) && !((load(receiver.blocked) | load(receiver.wanted)) & signal_bit(info.si_signo)))
        return 0;
    if (!receiver.pending.add(info))
        return EAGAIN;
    skl_thread_interrupt(receiver.thread);
    return 0;
}

void change_mask(sigset_t blocked)
{
    sigset_t newly_blocked = blocked & ~thread_signals.blocked;
    __atomic_store_n(&thread_signals.blocked, blocked, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (!skl_threaded || !(process_signals.set() & newly_blocked))
        return;
    SignalLock held;
    for (sigset_t set = process_signals.set() & newly_blocked; set; set &= set - 1)
        if (ThreadSignals* receiver = receiver_of(first_of(set)))
            skl_thread_interrupt(receiver->thread);
}

void drop_everywhere(int signal)
{
    process_signals.drop(signal);
    for (ThreadSignals* thread = threads; thread; thread = thread->next)
        thread->pending.drop(signal);
}

int take(sigset_t set, siginfo_t& info)
{
    SignalLock held;
    int signal = thread_signals.pending.take(set, info);
    return signal ? signal : process_signals.take(set, info);
}

}

// Linux has told the proxy no more than the numbers.
extern "C" void skl_signals_distribute(uint64_t signals)
{
    for (; signals; signals &= signals - 1) {
        siginfo_t info{};
        info.si_signo = libos::first_of(signals);
        info.si_code = SI_USER;
        libos::send_to_process(info);
    }
}
