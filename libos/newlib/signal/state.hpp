// SPDX-License-Identifier: MIT
// Dispositions and pending signals of the process; mask, pending signals and second stack of the calling thread.
#pragma once

#include <signal.h>
#include <stdint.h>

namespace libos {

constexpr int highest_signal = NSIG - 1;
constexpr sigset_t unblockable = sigset_t{1} << (SIGKILL - 1) | sigset_t{1} << (SIGSTOP - 1);

constexpr bool valid_signal(int signal)
{
    return signal > 0 && signal <= highest_signal;
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

// Signals that wait, with what their senders said. A signal below SIGRTMIN waits once, whoever sends it again.
class PendingSignals {
public:
    // False: it must wait in a queue, and there is no room.
    bool add(const siginfo_t& info);
    // One signal out of the set, the lowest first; 0: none of it waits.
    int take(sigset_t set, siginfo_t& info);
    void drop(int signal);
    sigset_t set() const { return __atomic_load_n(&set_, __ATOMIC_ACQUIRE); }

private:
    static constexpr unsigned room = 64;

    bool queued(int signal) const;
    void forget(unsigned index);

    sigset_t set_ = 0;
    unsigned used_ = 0;
    siginfo_t queue_[room]; // [0, used_): in the order of sending
};

struct ThreadSignals {
    sigset_t blocked = 0;
    stack_t stack{nullptr, SS_DISABLE, 0};
};

extern thread_local constinit ThreadSignals thread_signals;
extern PendingSignals process_signals;

struct sigaction action_of(int signal);
// For a handler that lasts once.
void forget_handler(int signal);
bool ignored(int signal);

// What the proxy has passed on joins what is pending already.
void collect_from_linux();
// Whatever is pending for the calling thread and not blocked, now.
void deliver_pending();
sigset_t deliverable();
// For a call that came back interrupted: true if it should be made again, once the handlers have run.
bool handlers_restart();

void default_action(int signal);
int send_to_process(const siginfo_t& info);

inline bool on_stack(const stack_t& stack, uint64_t address)
{
    auto base = reinterpret_cast<uint64_t>(stack.ss_sp);
    return !(stack.ss_flags & SS_DISABLE) && address - base <= stack.ss_size;
}

}
