// SPDX-License-Identifier: MIT
// Starting programs of Linux: one request to the proxy, which does everything.
#include "call.hpp"
#include "memory/shared_files.hpp"
#include "own_files/own_files.hpp"
#include "process/children.hpp"
#include "process/spawn_actions.hpp"
#include "signal/state.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace libos {

bool had_children = false;

namespace {

constexpr auto spawn_call = static_cast<LinuxCall>(SKL_FORWARD_SPAWN);
constexpr int64_t interrupted = -4; // Linux's EINTR: before anything has been started

skl_spawn request_of(const char* path, const posix_spawn_file_actions_t* actions, const posix_spawnattr_t* attributes,
                     char* const* arguments, char* const* environment)
{
    skl_spawn request{};
    request.path = word(path);
    request.arguments = word(arguments);
    request.environment = word(environment);
    if (actions) {
        request.actions = word(actions->__actions);
        request.action_count = static_cast<uint32_t>(actions->__count);
    }
    request.signal_mask = thread_signals.blocked;
    if (attributes) {
        request.flags = static_cast<uint32_t>(attributes->__flags) & SKL_SPAWN_FLAGS;
        if (attributes->__flags & POSIX_SPAWN_SETSIGMASK)
            request.signal_mask = attributes->__mask;
        request.signal_default = attributes->__default;
        request.group = attributes->__group;
        request.policy = attributes->__policy;
        request.priority = attributes->__parameters.sched_priority;
    }
    return request;
}

// The error. No call that a handler could end with EINTR, so it is made until it is done.
int start(pid_t* pid, const skl_spawn& request)
{
    write_back_all();
    int64_t result;
    while ((result = forward(spawn_call, &request)) == interrupted) {
    }
    if (result < 0)
        return newlib_errno(static_cast<int>(-result));
    had_children = true;
    if (pid)
        *pid = static_cast<pid_t>(result);
    return 0;
}

}
}

using namespace libos;

extern "C" {

int posix_spawn(pid_t* pid, const char* path, const posix_spawn_file_actions_t* actions, const posix_spawnattr_t* attributes,
                char* const* arguments, char* const* environment)
{
    if (OwnName(AT_FDCWD, path).kind() == OwnName::program) // the program once more, as an isle of its own
        path = OwnName::target();
    return start(pid, request_of(path, actions, attributes, arguments, environment));
}

int posix_spawnp(pid_t* pid, const char* name, const posix_spawn_file_actions_t* actions, const posix_spawnattr_t* attributes,
                 char* const* arguments, char* const* environment)
{
    skl_spawn request = request_of(name, actions, attributes, arguments, environment);
    const char* folders = getenv("PATH");
    request.search = word(folders ? folders : "/bin:/usr/bin"); // as glibc
    return start(pid, request);
}

}
