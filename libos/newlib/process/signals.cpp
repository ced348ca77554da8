// SPDX-License-Identifier: MIT
// Sending signals. newlib's own signal() and raise() keep the handlers of this process; what they do not handle ends here.
#include "call.hpp"

#include <kernel/process.h>
#include <signal.h>
#include <unistd.h>

using namespace libos;

namespace {

// What a process does with a signal that it has not asked for.
bool ignored_by_default(int signal)
{
    return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

bool stops_by_default(int signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

}

extern "C" {

// To ourselves it is the default action: handlers have had their turn in raise().
int kill(pid_t process, int signal)
{
    int number = signal == 0 ? 0 : linux_signal(signal);
    if (number < 0)
        return static_cast<int>(fail(EINVAL));
    if (process != getpid() || signal == 0 || stops_by_default(signal))
        return call_int(LinuxCall::kill, process, number);
    if (ignored_by_default(signal))
        return 0;
    skl_panic(number, nullptr);
}

int killpg(pid_t group, int signal)
{
    return kill(-group, signal);
}

}
