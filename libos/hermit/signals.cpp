// SPDX-License-Identifier: MIT
// HermitCore's signals: one handler per thread, called on its stack wherever it is interrupted.
#include "pthread.hpp"

#include <errno.h>
#include <hermit/signal.h>
#include <unistd.h>

using namespace libos;

namespace {

struct TaskSignals {
    signal_handler_t handler;
    uint32_t waiting; // bit n: signal n
};
thread_local constinit TaskSignals mine{};

void run_handler_for_waiting()
{
    int error = errno;
    while (uint32_t waiting = __atomic_load_n(&mine.waiting, __ATOMIC_ACQUIRE)) {
        int signal = __builtin_ctz(waiting);
        __atomic_and_fetch(&mine.waiting, ~(1u << signal), __ATOMIC_RELAXED);
        if (mine.handler)
            mine.handler(signal);
    }
    errno = error;
}

bool has_handler(int signal)
{
    if (!valid_signal(signal))
        return false;
    _sig_func_ptr handler = action_of(signal).sa_handler;
    return handler != SIG_DFL && handler != SIG_IGN;
}

int send(uint32_t number, int signal, bool to_posix)
{
    SignalLock held;
    ThreadSignals* receiver = thread_numbered(number);
    if (!receiver)
        return -ENOENT;
    TaskSignals& task = in_thread(receiver->thread, mine);
    siginfo_t info{};
    info.si_code = SI_TKILL;
    info.si_pid = getpid();
    if (__atomic_load_n(&task.handler, __ATOMIC_ACQUIRE)) {
        __atomic_or_fetch(&task.waiting, 1u << signal, __ATOMIC_RELEASE);
        info.si_signo = task_signal;
    } else if (to_posix) {
        info.si_signo = signal;
    } else {
        return 0;
    }
    return -send_while_held(*receiver, info);
}

}

extern "C" {

int sys_signal(signal_handler_t handler)
{
    task_action = run_handler_for_waiting;
    __atomic_store_n(&mine.handler, handler, __ATOMIC_RELEASE);
    return 0;
}

int sys_kill(tid_t thread, int signal)
{
    if (signal < 0 || signal >= MAX_SIGNALS)
        return -EINVAL;
    int result = send(thread - static_cast<tid_t>(getpid()), signal, has_handler(signal));
    deliver_pending(); // it may be the calling thread's
    return result;
}

}
