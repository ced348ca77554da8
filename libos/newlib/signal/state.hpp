// SPDX-License-Identifier: MIT
// Dispositions and pending signals of the process; mask, pending signals and second stack of the calling thread.
#pragma once

#include <kernel/thread.h>
#include <signal.h>
#include <stdint.h>

namespace libos {

constexpr int highest_signal = NSIG - 1;
constexpr unsigned most_queued_signals = 128; // of all receivers together

// Two numbers are kept back, as on Linux. One asks a thread to cancel itself; Linux's C library keeps it for this purpose too. The other
// says that HermitCore's sys_kill() has left a signal for it.
constexpr int cancel_signal = 32, task_signal = 33;

constexpr bool valid_signal(int signal)
{
    return signal > 0 && signal <= highest_signal && signal != cancel_signal && signal != task_signal;
}

constexpr sigset_t signal_bit(int signal)
{
    return sigset_t{1} << (signal - 1);
}

// The lowest signal of a set, which is not empty.
inline int first_of(sigset_t set)
{
    return __builtin_ctzl(set) + 1;
}

constexpr sigset_t cancel_bit = signal_bit(cancel_signal);
constexpr sigset_t unblockable = signal_bit(SIGKILL) | signal_bit(SIGSTOP) | cancel_bit | signal_bit(task_signal);

extern void (*cancel_action)(); // set by the first pthread_cancel()
extern void (*task_action)();	// set by the first sys_signal()

// Signals that wait for one receiver; what their senders said waits in a queue common to all. A signal below SIGRTMIN waits once, whoever
// sends it again. All but set() while the lock is held.
class PendingSignals {
public:
    // False: it must wait in the queue, and there is no room.
    bool add(const siginfo_t& info);
    // One signal out of the set, the lowest first; 0: none of it waits.
    int take(sigset_t set, siginfo_t& info);
    void drop(int signal);
    sigset_t set() const { return __atomic_load_n(&set_, __ATOMIC_ACQUIRE); }

private:
    bool queued(int signal) const;
    bool joins_waiting_one(const siginfo_t& info) const;

    sigset_t set_ = 0;
};

// Of one thread. Others read and change it while they hold the lock below; `blocked` (by change_mask) and `wanted` only the thread itself changes.
struct ThreadSignals {
    sigset_t blocked = 0;
    sigset_t wanted = 0; // it waits for one of these in sigwait()
    sigset_t cancel_mask = cancel_bit; // 0: a request to cancel it takes effect
    stack_t stack{nullptr, SS_DISABLE, 0};
    bool restart_refused = false; // a handler without SA_RESTART has run since the last forwarded call began; only the thread itself changes it
    bool waits_for_handler = false; // with a mask of its own for that (meanwhile.hpp); handlers that run then end the wait
    bool handler_has_run = false;   // one has, and the wait is not over yet
    PendingSignals pending{};
    skl_thread* thread = nullptr;
    ThreadSignals* next = nullptr;
};

extern thread_local constinit ThreadSignals thread_signals;
extern PendingSignals process_signals;

// Over dispositions, the queues, and the list of threads. Upcalls are held off meanwhile.
class SignalLock {
public:
    SignalLock();
    ~SignalLock();
    SignalLock(const SignalLock&) = delete;
    SignalLock& operator=(const SignalLock&) = delete;

private:
    int was_masked_;
};

// Before a thread starts, with the mask of its maker, and when it ends.
void enlist(ThreadSignals& signals, skl_thread* thread, sigset_t blocked);
void discharge(ThreadSignals& signals);

struct sigaction action_of(int signal);
// For a handler that lasts once.
void forget_handler(int signal);
bool ignored(int signal); // the lock is held

// What the proxy has passed on joins what is pending already.
void collect_from_linux();
// Pending for the calling thread: its own and the process's.
inline sigset_t pending()
{
    return process_signals.set() | thread_signals.pending.set();
}
// One of the set that is pending for the calling thread; 0: none is.
int take(sigset_t set, siginfo_t& info);
// Whatever is pending for the calling thread and not blocked, now.
void deliver_pending();
sigset_t deliverable();
// For a call that came back interrupted: true if it should be made again, once the handlers have run. Some of them may have run before it came
// back, when upcalls were let in again.
bool handlers_restart();

// Forgets it wherever it waits; the lock is held.
void drop_everywhere(int signal);
void default_action(int signal);
// Some thread that lets it in, or waits for it, is woken. 0, or EAGAIN: too many wait already.
int send_to_process(const siginfo_t& info);
int send_to_thread(ThreadSignals& receiver, const siginfo_t& info);
int send_while_held(ThreadSignals& receiver, const siginfo_t& info); // the lock is held
// The thread of that number (kernel/thread.h), or null; the lock is held.
ThreadSignals* thread_numbered(uint32_t number);
uint32_t thread_count();
// pthread_kill() and pthread_sigqueue(); returns the error.
int send_to_other(ThreadSignals& receiver, int signal, const union sigval* value = nullptr);
// The calling thread's mask. A sender adds a signal, then looks who lets it in; the thread changes its mask, then looks what is pending: so
// one of them sees the other. What it lets in no longer, and was meant for it, another thread is asked to take. Whoever lets more in looks
// for it afterwards, by deliver_pending() or by waiting.
void change_mask(sigset_t blocked);

inline bool on_stack(const stack_t& stack, uint64_t address)
{
    auto base = reinterpret_cast<uint64_t>(stack.ss_sp);
    return !(stack.ss_flags & SS_DISABLE) && address - base <= stack.ss_size;
}

}
