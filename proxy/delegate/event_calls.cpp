// SPDX-License-Identifier: MIT
// Waiting for descriptors: poll, select, epoll, timers, event counters, inotify.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/time.h>

namespace skl {
namespace {

using namespace row;

constexpr std::uint16_t kernel_sigset = 8;
constexpr Argument poll_set = in_out(1, sizeof(pollfd));
constexpr Argument poll_count = value;

// The sixth argument of pselect6 points to a pair {signal mask, its size}; a mask for the proxy's threads makes no sense: without it.
std::int64_t select_without_mask(Invocation& call)
{
    call.argument(5) = 0;
    return call.pass_on();
}

std::int64_t poll_without_mask(Invocation& call)
{
    call.argument(3) = 0;
    return call.pass_on();
}

std::int64_t epoll_without_mask(Invocation& call)
{
    call.argument(4) = 0;
    return call.pass_on();
}

constexpr Call calls[] = {
    {SYS_poll, "poll", {poll_set, poll_count, value}, nullptr, true},
    {SYS_ppoll, "ppoll", {poll_set, poll_count, in_out_one<timespec>(), in_bytes(kernel_sigset), value}, poll_without_mask, true},
    {SYS_select, "select", {value, bits(0), bits(0), bits(0), in_out_one<timeval>()}, nullptr, true},
    {SYS_pselect6, "pselect6", {value, bits(0), bits(0), bits(0), in_out_one<timespec>(), value}, select_without_mask, true},
    {SYS_epoll_create, "epoll_create", {value}},
    {SYS_epoll_create1, "epoll_create1", {value}},
    {SYS_epoll_ctl, "epoll_ctl", {fd, value, fd, in_one<epoll_event>()}},
    {SYS_epoll_wait, "epoll_wait", {fd, out(2, sizeof(epoll_event)), value, value}, nullptr, true},
    {SYS_epoll_pwait, "epoll_pwait", {fd, out(2, sizeof(epoll_event)), value, value, in_bytes(kernel_sigset), value},
     epoll_without_mask, true},
    {SYS_eventfd, "eventfd", {value}},
    {SYS_eventfd2, "eventfd2", {value, value}},
    {SYS_timerfd_create, "timerfd_create", {value, value}},
    {SYS_timerfd_settime, "timerfd_settime", {fd, value, in_one<itimerspec>(), out_one<itimerspec>()}},
    {SYS_timerfd_gettime, "timerfd_gettime", {fd, out_one<itimerspec>()}},
    {SYS_inotify_init, "inotify_init", {}},
    {SYS_inotify_init1, "inotify_init1", {value}},
    {SYS_inotify_add_watch, "inotify_add_watch", {fd, path, value}},
    {SYS_inotify_rm_watch, "inotify_rm_watch", {fd, value}},
    {SYS_pause, "pause", {}, nullptr, true},
};

}

std::span<const Call> event_calls()
{
    return calls;
}

}
