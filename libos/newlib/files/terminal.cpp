// SPDX-License-Identifier: MIT
// Terminals: the overlay's <termios.h> has Linux's own layout and numbers, so only requests are made here.
#include "call.hpp"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace libos;

static_assert(sizeof(termios) == 36); // the kernel's structure, not glibc's

extern "C" {

int ioctl(int descriptor, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    auto argument = va_arg(arguments, uint64_t);
    va_end(arguments);
    return call_int(LinuxCall::ioctl, descriptor, request, argument);
}

int isatty(int descriptor)
{
    termios settings;
    return call(LinuxCall::ioctl, descriptor, TCGETS, &settings) == 0;
}

int tcgetattr(int descriptor, termios* settings)
{
    return call_int(LinuxCall::ioctl, descriptor, TCGETS, settings);
}

int tcsetattr(int descriptor, int when, const termios* settings)
{
    if (when != TCSANOW && when != TCSADRAIN && when != TCSAFLUSH)
        return static_cast<int>(fail(EINVAL));
    return call_int(LinuxCall::ioctl, descriptor, TCSETS + static_cast<unsigned>(when), settings);
}

int tcdrain(int descriptor)
{
    return call_int(LinuxCall::ioctl, descriptor, TCSBRK, 1);
}

int tcflush(int descriptor, int queue)
{
    return call_int(LinuxCall::ioctl, descriptor, TCFLSH, queue);
}

int tcflow(int descriptor, int action)
{
    return call_int(LinuxCall::ioctl, descriptor, TCXONC, action);
}

int tcsendbreak(int descriptor, int)
{
    return call_int(LinuxCall::ioctl, descriptor, TCSBRK, 0);
}

pid_t tcgetpgrp(int descriptor)
{
    pid_t group;
    return call(LinuxCall::ioctl, descriptor, TIOCGPGRP, &group) < 0 ? -1 : group;
}

int tcsetpgrp(int descriptor, pid_t group)
{
    return call_int(LinuxCall::ioctl, descriptor, TIOCSPGRP, &group);
}

speed_t cfgetispeed(const termios* settings)
{
    return settings->c_cflag & CBAUD;
}

speed_t cfgetospeed(const termios* settings)
{
    return settings->c_cflag & CBAUD;
}

int cfsetospeed(termios* settings, speed_t speed)
{
    if (speed & ~static_cast<speed_t>(CBAUD))
        return static_cast<int>(fail(EINVAL));
    settings->c_cflag = (settings->c_cflag & ~static_cast<tcflag_t>(CBAUD)) | speed;
    return 0;
}

// 0 means "as the output", which is how Linux keeps it anyway.
int cfsetispeed(termios* settings, speed_t speed)
{
    return speed == 0 ? 0 : cfsetospeed(settings, speed);
}

void cfmakeraw(termios* settings)
{
    settings->c_iflag &= ~static_cast<tcflag_t>(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    settings->c_oflag &= ~static_cast<tcflag_t>(OPOST);
    settings->c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    settings->c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB);
    settings->c_cflag |= CS8;
    settings->c_cc[VMIN] = 1;
    settings->c_cc[VTIME] = 0;
}

// The returned value is the error.
int ttyname_r(int descriptor, char* name, size_t size)
{
    if (!isatty(descriptor))
        return errno;
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, name, size);
    if (length < 0)
        return errno;
    if (static_cast<size_t>(length) >= size)
        return ERANGE;
    name[length] = '\0';
    return 0;
}

char* ttyname(int descriptor)
{
    static char name[64];
    int error = ttyname_r(descriptor, name, sizeof name);
    if (error == 0)
        return name;
    errno = error;
    return nullptr;
}

}
