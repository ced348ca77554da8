// SPDX-License-Identifier: MIT
// Signals that the program sends, to itself or through Linux to others.
#include "call.hpp"
#include "signal/state.hpp"

#include <reent.h>
#include <unistd.h>

using namespace libos;

namespace {

siginfo_t info_of(int signal, int code)
{
    siginfo_t info{};
    info.si_signo = signal;
    info.si_code = code;
    info.si_pid = getpid();
    info.si_uid = getuid();
    return info;
}

// The calling thread may be the one that takes it; then it does so before this returns.
int sent(int error)
{
    if (error)
        return static_cast<int>(fail(error));
    deliver_pending();
    return 0;
}

}

int libos::send_to_other(ThreadSignals& receiver, int signal, const union sigval* value)
{
    siginfo_t info = info_of(signal, value ? SI_QUEUE : SI_TKILL);
    if (value)
        info.si_value = *value;
    int error = send_to_thread(receiver, info);
    if (&receiver == &thread_signals)
        deliver_pending();
    return error;
}

extern "C" {

int raise(int signal)
{
    if (!valid_signal(signal))
        return static_cast<int>(fail(EINVAL));
    return sent(send_to_thread(thread_signals, info_of(signal, SI_TKILL)));
}

// newlib's own functions end here as well.
int _raise_r(_reent*, int signal)
{
    return raise(signal);
}

int kill(pid_t process, int signal)
{
    if (signal != 0 && !valid_signal(signal))
        return static_cast<int>(fail(EINVAL));
    if (process == getpid() && signal != 0)
        return sent(send_to_process(info_of(signal, SI_USER)));
    return call_int(LinuxCall::kill, process, signal);
}

int killpg(pid_t group, int signal)
{
    return kill(-group, signal);
}

int sigqueue(pid_t process, int signal, union sigval value)
{
    if (signal != 0 && !valid_signal(signal))
        return static_cast<int>(fail(EINVAL));
    siginfo_t info = info_of(signal, SI_QUEUE);
    info.si_value = value;
    if (process != getpid())
        return call_int(LinuxCall::rt_sigqueueinfo, process, signal, &info);
    return signal ? sent(send_to_process(info)) : 0;
}

}
