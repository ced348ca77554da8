// SPDX-License-Identifier: MIT
// How a child differs from the process that starts it.
#include <errno.h>
#include <sched.h>
#include <spawn.h>

extern "C" {

int posix_spawnattr_init(posix_spawnattr_t* attributes)
{
    *attributes = {};
    return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t*)
{
    return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t* attributes, short* flags)
{
    *flags = attributes->__flags;
    return 0;
}

int posix_spawnattr_setflags(posix_spawnattr_t* attributes, short flags)
{
    constexpr short known = POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                            POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_USEVFORK | POSIX_SPAWN_SETSID;
    if (flags & ~known)
        return EINVAL;
    attributes->__flags = flags;
    return 0;
}

int posix_spawnattr_getpgroup(const posix_spawnattr_t* attributes, pid_t* group)
{
    *group = attributes->__group;
    return 0;
}

int posix_spawnattr_setpgroup(posix_spawnattr_t* attributes, pid_t group)
{
    attributes->__group = group;
    return 0;
}

int posix_spawnattr_getsigdefault(const posix_spawnattr_t* attributes, sigset_t* signals)
{
    *signals = attributes->__default;
    return 0;
}

int posix_spawnattr_setsigdefault(posix_spawnattr_t* attributes, const sigset_t* signals)
{
    attributes->__default = *signals;
    return 0;
}

int posix_spawnattr_getsigmask(const posix_spawnattr_t* attributes, sigset_t* signals)
{
    *signals = attributes->__mask;
    return 0;
}

int posix_spawnattr_setsigmask(posix_spawnattr_t* attributes, const sigset_t* signals)
{
    attributes->__mask = *signals;
    return 0;
}

int posix_spawnattr_getschedpolicy(const posix_spawnattr_t* attributes, int* policy)
{
    *policy = attributes->__policy;
    return 0;
}

int posix_spawnattr_setschedpolicy(posix_spawnattr_t* attributes, int policy)
{
    if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR)
        return EINVAL;
    attributes->__policy = policy;
    return 0;
}

int posix_spawnattr_getschedparam(const posix_spawnattr_t* attributes, sched_param* parameters)
{
    *parameters = attributes->__parameters;
    return 0;
}

int posix_spawnattr_setschedparam(posix_spawnattr_t* attributes, const sched_param* parameters)
{
    attributes->__parameters = *parameters;
    return 0;
}

}
