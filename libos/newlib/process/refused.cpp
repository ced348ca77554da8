// SPDX-License-Identifier: MIT
// An isle cannot copy itself or become another program; it says so, and what can be done instead.
#include "call.hpp"

#include <kernel/process.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

namespace {

void say(const char* text)
{
    forward(LinuxCall::write, STDERR_FILENO, text, static_cast<uint64_t>(strlen(text)));
}

int refuse(const char* function)
{
    if (skl_verbose()) {
        say(function);
        say(": an isle is one program from beginning to end; start others with posix_spawn(), system() or popen()\n");
    }
    return static_cast<int>(fail(ENOSYS));
}

}

extern "C" {

pid_t fork()
{
    return refuse("fork");
}

pid_t vfork()
{
    return refuse("vfork");
}

int execve(const char*, char* const*, char* const*)
{
    return refuse("execve");
}

int execv(const char*, char* const*)
{
    return refuse("execv");
}

int execvp(const char*, char* const*)
{
    return refuse("execvp");
}

int execvpe(const char*, char* const*, char* const*)
{
    return refuse("execvpe");
}

int fexecve(int, char* const*, char* const*)
{
    return refuse("fexecve");
}

int execl(const char*, const char*, ...)
{
    return refuse("execl");
}

int execle(const char*, const char*, ...)
{
    return refuse("execle");
}

int execlp(const char*, const char*, ...)
{
    return refuse("execlp");
}

}
