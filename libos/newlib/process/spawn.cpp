// SPDX-License-Identifier: MIT
// An isle cannot copy itself or become another program; it says so.
#include "call.hpp"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace libos;

extern "C" {

pid_t fork()
{
    return static_cast<pid_t>(fail(ENOSYS));
}

pid_t vfork()
{
    return static_cast<pid_t>(fail(ENOSYS));
}

int execve(const char*, char* const*, char* const*)
{
    return static_cast<int>(fail(ENOSYS));
}

int execv(const char*, char* const*)
{
    return static_cast<int>(fail(ENOSYS));
}

int execvp(const char*, char* const*)
{
    return static_cast<int>(fail(ENOSYS));
}

pid_t wait(int*)
{
    return static_cast<pid_t>(fail(ECHILD)); // there never is one
}

pid_t waitpid(pid_t, int*, int)
{
    return static_cast<pid_t>(fail(ECHILD));
}

// There is no shell, and system(NULL) says so.
int system(const char* command)
{
    return command ? static_cast<int>(fail(ENOSYS)) : 0;
}

FILE* popen(const char*, const char*)
{
    errno = ENOSYS;
    return nullptr;
}

int pclose(FILE*)
{
    return static_cast<int>(fail(ENOSYS));
}

}
