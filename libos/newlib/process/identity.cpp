// SPDX-License-Identifier: MIT
// Who we are: the proxy's identity, known since the start and never forwarded.
#include "call.hpp"

#include <kernel/process.h>
#include <kernel/thread.h>
#include <unistd.h>

using namespace libos;

namespace {

// An isle cannot become another user: the proxy would have to. What changes nothing succeeds.
int keep(bool same)
{
    return same ? 0 : static_cast<int>(fail(EPERM));
}

bool is(unsigned wanted, unsigned present)
{
    return wanted == ~0u || wanted == present;
}

}

extern "C" {

pid_t getpid()
{
    return skl_identity().pid;
}

pid_t getppid()
{
    return skl_identity().ppid;
}

uid_t getuid()
{
    return skl_identity().uid;
}

uid_t geteuid()
{
    return skl_identity().euid;
}

gid_t getgid()
{
    return skl_identity().gid;
}

gid_t getegid()
{
    return skl_identity().egid;
}

// The main thread's number is the process's, as on Linux. Others: no other thread of the isle has it.
pid_t gettid()
{
    return getpid() + static_cast<pid_t>(skl_thread_id());
}

int setuid(uid_t user)
{
    return keep(user == getuid() && user == geteuid());
}

int seteuid(uid_t user)
{
    return keep(user == geteuid());
}

int setreuid(uid_t real, uid_t effective)
{
    return keep(is(real, getuid()) && is(effective, geteuid()));
}

int setgid(gid_t group)
{
    return keep(group == getgid() && group == getegid());
}

int setegid(gid_t group)
{
    return keep(group == getegid());
}

int setregid(gid_t real, gid_t effective)
{
    return keep(is(real, getgid()) && is(effective, getegid()));
}

int getgroups(int size, gid_t* groups)
{
    return call_int(LinuxCall::getgroups, size, groups);
}

pid_t getpgrp()
{
    return call_int(LinuxCall::getpgrp);
}

pid_t getpgid(pid_t process)
{
    return call_int(LinuxCall::getpgid, process);
}

pid_t getsid(pid_t process)
{
    return call_int(LinuxCall::getsid, process);
}

int setpgid(pid_t process, pid_t group)
{
    return call_int(LinuxCall::setpgid, process, group);
}

pid_t setpgrp()
{
    return setpgid(0, 0);
}

pid_t setsid()
{
    return call_int(LinuxCall::setsid);
}

}
