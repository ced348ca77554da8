// SPDX-License-Identifier: MIT
// The process the isle is to Linux: identity, groups, sessions, limits, accounting, signals to others.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <cerrno>
#include <csignal>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <unistd.h>

namespace skl {
namespace {

using namespace row;

struct KernelAction {
    std::uint64_t handler;
    std::uint64_t flags;
    std::uint64_t restorer;
    std::uint64_t mask;
};

Disposition disposition_of(std::uint64_t handler)
{
    if (handler == reinterpret_cast<std::uint64_t>(SIG_DFL))
        return Disposition::standard;
    return handler == reinterpret_cast<std::uint64_t>(SIG_IGN) ? Disposition::ignored : Disposition::handled;
}

// The proxy's handlers stay. It learns whether the isle wants to die of this signal, and ignores what the isle ignores.
std::int64_t mirror_disposition(Invocation& call)
{
    auto signal = static_cast<std::uint32_t>(call.argument(0));
    if (signal == 0 || signal >= Dispositions::signals || signal == SIGKILL || signal == SIGSTOP)
        return -EINVAL;
    if (call.argument(1) == 0)
        return 0;
    KernelAction action{};
    if (std::int64_t error = call.copy_in(call.argument(1), action))
        return error;
    call.context().dispositions.change(static_cast<int>(signal), disposition_of(action.handler), action.flags);
    return 0;
}

// Limits of another process, or memory and thread limits, would hit the proxy.
std::int64_t own_limits(Invocation& call)
{
    auto pid = static_cast<pid_t>(call.argument(0));
    return pid == 0 || pid == ::getpid() ? call.pass_on() : -EPERM;
}

constexpr Argument kernel_uname = out_one<utsname>();

constexpr Call calls[] = {
    {SYS_uname, "uname", {kernel_uname}},
    {SYS_sysinfo, "sysinfo", {out_one<struct sysinfo>()}},
    {SYS_getpid, "getpid", {}},
    {SYS_getppid, "getppid", {}},
    {SYS_getuid, "getuid", {}},
    {SYS_geteuid, "geteuid", {}},
    {SYS_getgid, "getgid", {}},
    {SYS_getegid, "getegid", {}},
    {SYS_getgroups, "getgroups", {value, out(0, sizeof(gid_t))}},
    {SYS_getresuid, "getresuid", {out_bytes(4), out_bytes(4), out_bytes(4)}},
    {SYS_getresgid, "getresgid", {out_bytes(4), out_bytes(4), out_bytes(4)}},
    {SYS_getpgid, "getpgid", {value}},
    {SYS_getpgrp, "getpgrp", {}},
    {SYS_setpgid, "setpgid", {value, value}},
    {SYS_getsid, "getsid", {value}},
    {SYS_setsid, "setsid", {}},
    {SYS_getpriority, "getpriority", {value, value}},
    {SYS_setpriority, "setpriority", {value, value, value}},
    {SYS_getrlimit, "getrlimit", {value, out_one<rlimit>()}},
    {SYS_setrlimit, "setrlimit", {value, in_one<rlimit>()}},
    {SYS_prlimit64, "prlimit64", {value, value, in_one<rlimit>(), out_one<rlimit>()}, own_limits},
    {SYS_getrusage, "getrusage", {value, out_one<rusage>()}},
    {SYS_times, "times", {out_one<tms>()}},
    {SYS_getrandom, "getrandom", {out(1), value, value}, nullptr, true},
    {SYS_kill, "kill", {value, value}},
    {SYS_rt_sigaction, "rt_sigaction", {value, value, value, value}, mirror_disposition},
    {SYS_alarm, "alarm", {value}},
    {SYS_getitimer, "getitimer", {value, out_one<itimerval>()}},
    {SYS_setitimer, "setitimer", {value, in_one<itimerval>(), out_one<itimerval>()}},
    {SYS_gettimeofday, "gettimeofday", {out_one<timeval>(), out_bytes(8)}},
    {SYS_time, "time", {out_bytes(8)}},
    {SYS_clock_gettime, "clock_gettime", {value, out_one<timespec>()}},
    {SYS_clock_getres, "clock_getres", {value, out_one<timespec>()}},
    {SYS_nanosleep, "nanosleep", {in_one<timespec>(), out_one<timespec>()}, nullptr, true},
    {SYS_clock_nanosleep, "clock_nanosleep", {value, value, in_one<timespec>(), out_one<timespec>()}, nullptr, true},
};

}

std::span<const Call> process_calls()
{
    return calls;
}

}
