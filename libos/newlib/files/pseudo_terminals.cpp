// SPDX-License-Identifier: MIT
// The master's side of a pseudo-terminal. Linux grants and unlocks its files itself.
#include "call.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace libos;

namespace {

// [linux] include/uapi/asm-generic/ioctls.h
constexpr unsigned tiocgptn = 0x80045430, tiocsptlck = 0x40045431, tiocgsid = 0x5429;

// Of the file under /dev/pts; -1: not a master.
int number_of(int master)
{
    int number;
    return call(LinuxCall::ioctl, master, tiocgptn, &number) < 0 ? -1 : number;
}

}

extern "C" {

int posix_openpt(int flags)
{
    return open("/dev/ptmx", flags);
}

int grantpt(int master)
{
    if (number_of(master) >= 0)
        return 0;
    return errno == EBADF ? -1 : static_cast<int>(fail(EINVAL));
}

int unlockpt(int master)
{
    int locked = 0;
    if (call(LinuxCall::ioctl, master, tiocsptlck, &locked) == 0)
        return 0;
    return errno == EBADF ? -1 : static_cast<int>(fail(EINVAL));
}

// Returns the error as well.
int ptsname_r(int master, char* name, size_t size)
{
    int number = number_of(master);
    if (number < 0)
        return errno;
    int length = snprintf(name, size, "/dev/pts/%d", number);
    if (static_cast<size_t>(length) < size)
        return 0;
    errno = ERANGE;
    return ERANGE;
}

char* ptsname(int master)
{
    static char name[32];
    return ptsname_r(master, name, sizeof name) == 0 ? name : nullptr;
}

pid_t tcgetsid(int terminal)
{
    pid_t session;
    return call(LinuxCall::ioctl, terminal, tiocgsid, &session) < 0 ? -1 : session;
}

}
