// SPDX-License-Identifier: MIT
// Dispositions: ours, and what the proxy must know of them, since Linux's signals reach it first.
#include "call.hpp"
#include "memory/shared_files.hpp"
#include "signal/state.hpp"

#include <kernel/process.h>
#include <reent.h>
#include <unistd.h>

using namespace libos;

namespace {

struct sigaction actions[NSIG];

constexpr int child_flags = SA_NOCLDSTOP | SA_NOCLDWAIT; // what Linux itself does with SIGCHLD

// The proxy dies of a signal, ignores it or passes it on; which function we call is not its business.
void tell_proxy(int signal, _sig_func_ptr handler, int flags)
{
    struct { // Linux's struct sigaction
        uint64_t handler, flags, restorer, mask;
    } action{handler == SIG_DFL ? 0u : handler == SIG_IGN ? 1u : 2u, static_cast<uint64_t>(flags & child_flags), 0, 0};
    forward(LinuxCall::rt_sigaction, signal, &action, nullptr, sizeof action.mask);
}

struct sigaction exchange(int signal, const struct sigaction& action)
{
    SignalLock lock;
    struct sigaction before = actions[signal];
    actions[signal] = action;
    actions[signal].sa_mask &= ~unblockable;
    if (ignored(signal))
        drop_everywhere(signal);
    return before;
}

bool ignored_by_default(int signal)
{
    return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

bool stops_by_default(int signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

}

namespace libos {

struct sigaction action_of(int signal)
{
    SignalLock lock;
    return actions[signal];
}

void forget_handler(int signal)
{
    int flags;
    {
        SignalLock lock;
        actions[signal].sa_handler = SIG_DFL;
        flags = actions[signal].sa_flags;
    }
    tell_proxy(signal, SIG_DFL, flags);
}

bool ignored(int signal)
{
    _sig_func_ptr handler = actions[signal].sa_handler;
    return handler == SIG_IGN || (handler == SIG_DFL && ignored_by_default(signal));
}

void default_action(int signal)
{
    if (ignored_by_default(signal))
        return;
    if (stops_by_default(signal)) {
        call(LinuxCall::kill, getpid(), signal); // the proxy stops, and our CPUs with it
        return;
    }
    write_back_all();
    skl_panic(signal, nullptr);
}

}

extern "C" {

int sigaction(int signal, const struct sigaction* action, struct sigaction* old)
{
    if (!valid_signal(signal) || (action && (signal == SIGKILL || signal == SIGSTOP)))
        return static_cast<int>(fail(EINVAL));
    struct sigaction before = action ? exchange(signal, *action) : action_of(signal);
    if (action && (before.sa_handler != action->sa_handler || ((before.sa_flags ^ action->sa_flags) & child_flags)))
        tell_proxy(signal, action->sa_handler, action->sa_flags);
    if (old)
        *old = before;
    return 0;
}

// As on Linux: the handler stays, and calls go on behind it.
_sig_func_ptr signal(int number, _sig_func_ptr handler)
{
    struct sigaction action {
    }, old{};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

_sig_func_ptr _signal_r(_reent*, int number, _sig_func_ptr handler)
{
    return signal(number, handler);
}

int siginterrupt(int number, int interrupts)
{
    struct sigaction action {
    };
    if (sigaction(number, nullptr, &action) < 0)
        return -1;
    action.sa_flags = interrupts ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
    return sigaction(number, &action, nullptr);
}

}
