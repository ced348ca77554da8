// SPDX-License-Identifier: MIT
// Resource limits: of files and time they are the proxy's; of memory the isle has what it has.
#include "call.hpp"
#include "translate/structures.hpp"

#include <kernel/memory.h>
#include <kernel/process.h>
#include <kernel/thread.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace libos;

namespace {

bool of_memory(int resource)
{
    return resource == RLIMIT_DATA || resource == RLIMIT_STACK || resource == RLIMIT_RSS || resource == RLIMIT_MEMLOCK || resource == RLIMIT_AS;
}

rlim_t own_limit(int resource)
{
    return resource == RLIMIT_STACK ? skl_thread_stack(nullptr).size : skl_memory_total();
}

}

extern "C" {

int getrlimit(int resource, rlimit* limit)
{
    if (of_memory(resource)) {
        *limit = {own_limit(resource), own_limit(resource)};
        return 0;
    }
    linux_abi::Limit answer;
    int result = call_int(LinuxCall::prlimit64, 0, resource, nullptr, &answer);
    if (result == 0)
        *limit = {answer.current, answer.maximum};
    return result;
}

int setrlimit(int resource, const rlimit* limit)
{
    if (of_memory(resource)) // fixed when the isle was started
        return limit->rlim_cur == own_limit(resource) ? 0 : static_cast<int>(fail(EPERM));
    linux_abi::Limit request{limit->rlim_cur, limit->rlim_max};
    return call_int(LinuxCall::prlimit64, 0, resource, &request, nullptr);
}

// Linux's call answers 20 - nice, so that it is never negative.
int getpriority(int which, id_t who)
{
    constexpr int shift = 20;
    int64_t result = call(LinuxCall::getpriority, which, who);
    return result < 0 ? -1 : shift - static_cast<int>(result);
}

int setpriority(int which, id_t who, int priority)
{
    return call_int(LinuxCall::setpriority, which, who, priority);
}

// -1 may be the answer: errno tells.
int nice(int increment)
{
    int before = getpriority(PRIO_PROCESS, 0);
    if (setpriority(PRIO_PROCESS, 0, before + increment) == 0)
        return getpriority(PRIO_PROCESS, 0);
    if (errno == EACCES)
        errno = EPERM;
    return -1;
}

int getpagesize()
{
    return 4096;
}

int getdtablesize()
{
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? -1 : static_cast<int>(limit.rlim_cur);
}

}
