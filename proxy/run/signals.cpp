// SPDX-License-Identifier: MIT
// signalfd for all but those a fault of the proxy itself raises.
#include "run/signals.hpp"

#include "base/private_descriptors.hpp"
#include "delegate/cancel_signal.hpp"

#include <csignal>
#include <cstdlib>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace skl {
namespace {

pthread_t main_thread;

sigset_t handled_signals()
{
    sigset_t set;
    ::sigfillset(&set);
    for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGTTIN, SIGTTOU, cancel_signal()})
        ::sigdelset(&set, signal);
    return set;
}

// A worker that reads the terminal in the background: its call fails if the signal is blocked, so it is caught and handed on.
void catch_terminal_stops()
{
    struct sigaction action{};
    action.sa_handler = [](int) { ::pthread_kill(main_thread, SIGTSTP); };
    action.sa_flags = SA_RESTART;
    for (int signal : {SIGTTIN, SIGTTOU}) {
        struct sigaction old{};
        ::sigaction(signal, nullptr, &old);
        if (old.sa_handler != SIG_IGN)
            ::sigaction(signal, &action, nullptr);
    }
}

void unblock(int signal)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void block(int signal)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}

DefaultAction default_action(int signal)
{
    switch (signal) {
    case SIGTSTP: case SIGTTIN: case SIGTTOU:
        return DefaultAction::stop;
    case SIGCHLD: case SIGURG: case SIGWINCH: case SIGCONT: case SIGPIPE: // a broken pipe is found by the call that met it
        return DefaultAction::ignore;
    default:
        return DefaultAction::terminate;
    }
}

Descriptor take_signals()
{
    main_thread = ::pthread_self();
    sigset_t set = handled_signals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    catch_terminal_stops();
    return make_private(Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)));
}

int next_signal(const Descriptor& signals)
{
    signalfd_siginfo info{};
    return ::read(signals.number(), &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

bool take_pending(int signal)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    timespec now{};
    return ::sigtimedwait(&set, nullptr, &now) == signal;
}

void die_of(int signal)
{
    rlimit none{};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(signal, SIG_DFL);
    unblock(signal);
    ::raise(signal);
    ::_exit(128 + signal); // a signal whose default is not death
}

void stop_self(int signal)
{
    ::signal(signal, SIG_DFL);
    unblock(signal);
    ::kill(::getpid(), signal);
    block(signal);
}

}
