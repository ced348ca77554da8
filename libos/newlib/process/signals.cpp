// SPDX-License-Identifier: MIT
// Signals that the program sends itself: dispositions, mask, delivery. Signals from outside end the isle or stop it (the proxy does
// that); it is told which ones the program ignores or handles.
#include "call.hpp"

#include <kernel/clock.h>
#include <kernel/process.h>
#include <signal.h>
#include <unistd.h>

using namespace libos;

#undef sigaddset
#undef sigdelset
#undef sigemptyset
#undef sigfillset
#undef sigismember

namespace {

// Of the process; with threads, the mask becomes each thread's own.
struct sigaction actions[NSIG];
sigset_t blocked, pending;

bool valid(int signal)
{
    return signal > 0 && signal < NSIG;
}

sigset_t bit(int signal)
{
    return sigset_t{1} << signal;
}

bool stops_by_default(int signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

bool ignored_by_default(int signal)
{
    return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

// The proxy dies of a signal, ignores it or leaves it to us; which function we call is not its business.
void tell_proxy(int signal, _sig_func_ptr handler)
{
    struct { // Linux's struct sigaction
        uint64_t handler, flags, restorer, mask;
    } action{handler == SIG_DFL ? 0u : handler == SIG_IGN ? 1u : 2u, 0, 0, 0};
    int number = linux_signal(signal);
    if (number > 0)
        forward(LinuxCall::rt_sigaction, number, &action, nullptr, sizeof action.mask);
}

int default_action(int signal)
{
    if (ignored_by_default(signal))
        return 0;
    int number = linux_signal(signal);
    if (number < 0)
        number = linux_signal(SIGTERM); // unknown to Linux: end all the same
    if (stops_by_default(signal))
        return call_int(LinuxCall::kill, getpid(), number);
    skl_panic(number, nullptr);
}

int deliver(int signal)
{
    struct sigaction action = actions[signal];
    if (action.sa_handler == SIG_IGN)
        return 0;
    if (action.sa_handler == SIG_DFL)
        return default_action(signal);
    if (action.sa_flags & SA_RESETHAND)
        actions[signal].sa_handler = SIG_DFL;
    sigset_t before = blocked;
    blocked |= action.sa_mask | (action.sa_flags & SA_NODEFER ? 0 : bit(signal));
    action.sa_handler(signal);
    sigprocmask(SIG_SETMASK, &before, nullptr);
    return 0;
}

void deliver_pending()
{
    for (int signal = 1; signal < NSIG; signal++) {
        if (pending & ~blocked & bit(signal)) {
            pending &= ~bit(signal);
            deliver(signal);
        }
    }
}

}

extern "C" {

int raise(int signal)
{
    if (!valid(signal))
        return static_cast<int>(fail(EINVAL));
    if (blocked & bit(signal)) {
        pending |= bit(signal);
        return 0;
    }
    return deliver(signal);
}

// newlib's own functions end here as well.
int _raise_r(_reent*, int signal)
{
    return raise(signal);
}

int kill(pid_t process, int signal)
{
    if (process == getpid() && signal != 0)
        return raise(signal);
    int number = signal == 0 ? 0 : linux_signal(signal);
    return number < 0 ? static_cast<int>(fail(EINVAL)) : call_int(LinuxCall::kill, process, number);
}

int killpg(pid_t group, int signal)
{
    return kill(-group, signal);
}

int sigaction(int signal, const struct sigaction* action, struct sigaction* old)
{
    if (!valid(signal) || (action && (signal == SIGKILL || signal == SIGSTOP)))
        return static_cast<int>(fail(EINVAL));
    if (old)
        *old = actions[signal];
    if (action) {
        actions[signal] = *action;
        tell_proxy(signal, action->sa_handler);
    }
    return 0;
}

// As on Linux: the handler stays.
_sig_func_ptr signal(int number, _sig_func_ptr handler)
{
    struct sigaction action {
    }, old{};
    action.sa_handler = handler;
    return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

_sig_func_ptr _signal_r(_reent*, int number, _sig_func_ptr handler)
{
    return signal(number, handler);
}

int sigprocmask(int how, const sigset_t* set, sigset_t* old)
{
    sigset_t before = blocked;
    if (set) {
        switch (how) {
        case SIG_BLOCK:
            blocked |= *set;
            break;
        case SIG_UNBLOCK:
            blocked &= ~*set;
            break;
        case SIG_SETMASK:
            blocked = *set;
            break;
        default:
            return static_cast<int>(fail(EINVAL));
        }
        blocked &= ~(bit(SIGKILL) | bit(SIGSTOP));
    }
    if (old)
        *old = before;
    deliver_pending();
    return 0;
}

int sigpending(sigset_t* set)
{
    *set = pending;
    return 0;
}

// Only a signal that ends the isle can end the wait.
int pause()
{
    skl_sleep_until(UINT64_MAX);
    return static_cast<int>(fail(EINTR));
}

int sigsuspend(const sigset_t*)
{
    return pause();
}

unsigned alarm(unsigned seconds)
{
    return static_cast<unsigned>(call(LinuxCall::alarm, seconds));
}

int sigaddset(sigset_t* set, const int signal)
{
    *set |= bit(signal);
    return 0;
}

int sigdelset(sigset_t* set, const int signal)
{
    *set &= ~bit(signal);
    return 0;
}

int sigemptyset(sigset_t* set)
{
    *set = 0;
    return 0;
}

int sigfillset(sigset_t* set)
{
    *set = ~sigset_t{0};
    return 0;
}

int sigismember(const sigset_t* set, int signal)
{
    return (*set & bit(signal)) != 0;
}

}
