// SPDX-License-Identifier: MIT
// Who we are: the proxy's identity, known since the start and never forwarded.
#include "call.hpp"

#include <kernel/process.h>
#include <kernel/thread.h>
#include <unistd.h>

using namespace libos;

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

pid_t setsid()
{
    return call_int(LinuxCall::setsid);
}

}
