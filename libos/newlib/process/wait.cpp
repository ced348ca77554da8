// SPDX-License-Identifier: MIT
// Waiting for children. Numbers and structures are Linux's own.
#include "call.hpp"
#include "signal/state.hpp"

#include <sys/resource.h>
#include <sys/wait.h>

using namespace libos;

static_assert(sizeof(siginfo_t) == 128 && sizeof(rusage) == 144);

namespace {

// SIGCHLD of a child comes before the answer that tells of it, as on Linux.
int answer_after_signals(int64_t result)
{
    collect_from_linux();
    deliver_pending();
    return static_cast<int>(answer(result));
}

}

extern "C" {

pid_t wait4(pid_t process, int* status, int options, rusage* usage)
{
    return answer_after_signals(forward(LinuxCall::wait4, process, status, options, usage));
}

pid_t wait3(int* status, int options, rusage* usage)
{
    return wait4(-1, status, options, usage);
}

pid_t waitpid(pid_t process, int* status, int options)
{
    return wait4(process, status, options, nullptr);
}

pid_t wait(int* status)
{
    return wait4(-1, status, 0, nullptr);
}

int waitid(idtype_t kind, id_t id, siginfo_t* info, int options)
{
    return answer_after_signals(forward(LinuxCall::waitid, static_cast<int>(kind), static_cast<uint64_t>(id), info, options, nullptr));
}

}
