// SPDX-License-Identifier: MIT
// Starting a program for the isle: the C library's posix_spawn(), which knows how to do it beside other threads.
#include "delegate/spawn_request.hpp"
#include "delegate/table.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sched.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace skl {
namespace {

using namespace row;

static_assert(SKL_SPAWN_RESETIDS == POSIX_SPAWN_RESETIDS && SKL_SPAWN_SETPGROUP == POSIX_SPAWN_SETPGROUP &&
              SKL_SPAWN_SETSIGDEF == POSIX_SPAWN_SETSIGDEF && SKL_SPAWN_SETSCHEDPARAM == POSIX_SPAWN_SETSCHEDPARAM &&
              SKL_SPAWN_SETSCHEDULER == POSIX_SPAWN_SETSCHEDULER && SKL_SPAWN_SETSID == POSIX_SPAWN_SETSID);

sigset_t signals_of(std::uint64_t bits)
{
    sigset_t set;
    ::sigemptyset(&set);
    static_assert(sizeof set >= sizeof bits);
    std::memcpy(&set, &bits, sizeof bits);
    return set;
}

class Attributes {
public:
    // The mask is always the child's own: threads of the proxy block nearly all signals.
    explicit Attributes(const skl_spawn& request)
    {
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setflags(&attributes_, static_cast<short>(request.flags | POSIX_SPAWN_SETSIGMASK));
        sigset_t mask = signals_of(request.signal_mask), standard = signals_of(request.signal_default);
        ::posix_spawnattr_setsigmask(&attributes_, &mask);
        ::posix_spawnattr_setsigdefault(&attributes_, &standard);
        ::posix_spawnattr_setpgroup(&attributes_, request.group);
        ::posix_spawnattr_setschedpolicy(&attributes_, request.policy);
        sched_param parameters{};
        parameters.sched_priority = request.priority;
        ::posix_spawnattr_setschedparam(&attributes_, &parameters);
    }
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

class FileActions {
public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    const posix_spawn_file_actions_t* get() const { return &actions_; }

    int add(const SpawnAction& action);

private:
    posix_spawn_file_actions_t actions_;
};

// An error number, as all of these functions answer.
int FileActions::add(const SpawnAction& action)
{
    const skl_spawn_action& fixed = action.fixed;
    switch (fixed.kind) {
    case SKL_SPAWN_CLOSE:
        return ::posix_spawn_file_actions_addclose(&actions_, fixed.descriptor);
    case SKL_SPAWN_DUP2:
        return ::posix_spawn_file_actions_adddup2(&actions_, fixed.descriptor, fixed.target);
    case SKL_SPAWN_OPEN:
        return ::posix_spawn_file_actions_addopen(&actions_, fixed.descriptor, action.path.c_str(), fixed.flags, fixed.mode);
    case SKL_SPAWN_CHDIR:
        return ::posix_spawn_file_actions_addchdir_np(&actions_, action.path.c_str());
    case SKL_SPAWN_FCHDIR:
        return ::posix_spawn_file_actions_addfchdir_np(&actions_, fixed.descriptor);
    case SKL_SPAWN_CLOSEFROM:
        return ::posix_spawn_file_actions_addclosefrom_np(&actions_, fixed.descriptor);
    case SKL_SPAWN_TCSETPGRP:
        return ::posix_spawn_file_actions_addtcsetpgrp_np(&actions_, fixed.descriptor);
    default:
        return EINVAL;
    }
}

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
    std::vector<char*> list;
    for (const std::string& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

// Threads of the proxy wait with little slack; a child inherits what its maker has.
class OrdinarySlack {
public:
    OrdinarySlack() : before_(::prctl(PR_GET_TIMERSLACK)) { ::prctl(PR_SET_TIMERSLACK, main_thread_slack); }
    ~OrdinarySlack() { ::prctl(PR_SET_TIMERSLACK, before_); }
    OrdinarySlack(const OrdinarySlack&) = delete;
    OrdinarySlack& operator=(const OrdinarySlack&) = delete;

private:
    static inline const int main_thread_slack = ::prctl(PR_GET_TIMERSLACK);
    int before_;
};

class Spawn {
public:
    explicit Spawn(const SpawnRequest& request)
        : request_(request), attributes_(request.fixed), arguments_(pointers(request.arguments)),
          environment_(pointers(request.environment))
    {
    }

    std::int64_t run()
    {
        for (const SpawnAction& action : request_.actions)
            if (int error = actions_.add(action))
                return -error;
        OrdinarySlack slack;
        return request_.folders.empty() ? start(request_.path) : search();
    }

private:
    std::int64_t search() const;
    std::int64_t start(const std::string& path) const
    {
        pid_t pid = 0;
        int error = ::posix_spawn(&pid, path.c_str(), actions_.get(), attributes_.get(), arguments_.data(), environment_.data());
        return error ? -error : pid;
    }

    const SpawnRequest& request_;
    Attributes attributes_;
    FileActions actions_;
    std::vector<char*> arguments_, environment_;
};

// As execvp() does: the first that Linux takes; of those it does not, "no permission" is the better reason. Where the actions of a child
// do not change the folder, a look spares it.
std::int64_t Spawn::search() const
{
    bool refused = false;
    for (const std::string& folder : request_.folders) {
        std::string path = folder.empty() ? request_.path : folder + '/' + request_.path;
        std::int64_t result = path.front() == '/' && ::access(path.c_str(), F_OK) != 0 ? -errno : start(path);
        switch (result) {
        case -EACCES:
            refused = true;
            break;
        case -ENOENT: case -ENOTDIR: case -ESTALE: case -ENODEV: case -ETIMEDOUT:
            break;
        default:
            return result;
        }
    }
    return refused ? -EACCES : -ENOENT;
}

std::int64_t spawn(Invocation& call)
{
    SpawnRequest request;
    if (std::int64_t error = read_spawn_request(call, call.argument(0), request))
        return error;
    return Spawn(request).run();
}

}

const Call spawn_call{SKL_FORWARD_SPAWN, "spawn", {in_one<skl_spawn>()}, spawn, true};

}
