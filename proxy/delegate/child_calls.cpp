// SPDX-License-Identifier: MIT
// Waiting for the isle's children. Linux tells them from what the proxy has started for itself, which is no ordinary child
// (launch/child.cpp): only whoever asks for such children too (__WALL, __WCLONE) would meet it.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <cerrno>
#include <csignal>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace skl {
namespace {

using namespace row;

// Whoever hears of a child's end has had its signal before.
std::int64_t pass_on_after_signal(Invocation& call)
{
    std::int64_t result = call.pass_on();
    if (result >= 0 && call.context().tell_of_children)
        call.context().tell_of_children();
    return result;
}

std::int64_t wait_for_child(Invocation& call)
{
    if (call.argument(2) & ~std::uint64_t{WNOHANG | WUNTRACED | WCONTINUED})
        return -EINVAL;
    return pass_on_after_signal(call);
}

std::int64_t wait_for_kind(Invocation& call)
{
    if (call.argument(3) & ~std::uint64_t{WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED})
        return -EINVAL;
    if (call.argument(0) == P_PIDFD)
        if (std::int64_t error = call.check_descriptor(1))
            return error;
    return pass_on_after_signal(call);
}

constexpr Call calls[] = {
    {SYS_wait4, "wait4", {value, out_one<int>(), value, out_one<rusage>()}, wait_for_child, true},
    {SYS_waitid, "waitid", {value, value, out_one<siginfo_t>(), value, out_one<rusage>()}, wait_for_kind, true},
};

}

std::span<const Call> child_calls()
{
    return calls;
}

}
