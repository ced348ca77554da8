// SPDX-License-Identifier: MIT
// Attributes of mutexes, conditions, reader-writer locks and barriers. What an isle cannot keep, it refuses: ENOTSUP.
#include <errno.h>
#include <pthread.h>

namespace {

int refuse_sharing(int shared)
{
    if (shared == PTHREAD_PROCESS_PRIVATE)
        return 0;
    return shared == PTHREAD_PROCESS_SHARED ? ENOTSUP : EINVAL;
}

}

extern "C" {

int pthread_mutexattr_init(pthread_mutexattr_t* attributes)
{
    attributes->__fields[0] = PTHREAD_MUTEX_DEFAULT;
    return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t*)
{
    return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t* attributes, int type)
{
    if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK)
        return EINVAL;
    attributes->__fields[0] = type;
    return 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t* attributes, int* type)
{
    *type = attributes->__fields[0];
    return 0;
}

int pthread_mutexattr_setpshared(pthread_mutexattr_t*, int shared)
{
    return refuse_sharing(shared);
}

int pthread_mutexattr_getpshared(const pthread_mutexattr_t*, int* shared)
{
    *shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}

int pthread_mutexattr_setprotocol(pthread_mutexattr_t*, int protocol)
{
    if (protocol == PTHREAD_PRIO_NONE)
        return 0;
    return protocol == PTHREAD_PRIO_INHERIT || protocol == PTHREAD_PRIO_PROTECT ? ENOTSUP : EINVAL;
}

int pthread_mutexattr_getprotocol(const pthread_mutexattr_t*, int* protocol)
{
    *protocol = PTHREAD_PRIO_NONE;
    return 0;
}

int pthread_mutexattr_setprioceiling(pthread_mutexattr_t*, int)
{
    return ENOTSUP;
}

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t*, int*)
{
    return ENOTSUP;
}

int pthread_mutexattr_setrobust(pthread_mutexattr_t*, int robust)
{
    if (robust == PTHREAD_MUTEX_STALLED)
        return 0;
    return robust == PTHREAD_MUTEX_ROBUST ? ENOTSUP : EINVAL;
}

int pthread_mutexattr_getrobust(const pthread_mutexattr_t*, int* robust)
{
    *robust = PTHREAD_MUTEX_STALLED;
    return 0;
}

int pthread_condattr_init(pthread_condattr_t* attributes)
{
    attributes->__fields[0] = CLOCK_REALTIME;
    return 0;
}

int pthread_condattr_destroy(pthread_condattr_t*)
{
    return 0;
}

int pthread_condattr_setclock(pthread_condattr_t* attributes, clockid_t clock)
{
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    attributes->__fields[0] = static_cast<int>(clock);
    return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t* attributes, clockid_t* clock)
{
    *clock = static_cast<clockid_t>(attributes->__fields[0]);
    return 0;
}

int pthread_condattr_setpshared(pthread_condattr_t*, int shared)
{
    return refuse_sharing(shared);
}

int pthread_condattr_getpshared(const pthread_condattr_t*, int* shared)
{
    *shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}

int pthread_rwlockattr_init(pthread_rwlockattr_t* attributes)
{
    attributes->__fields[0] = PTHREAD_RWLOCK_DEFAULT_NP;
    return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t*)
{
    return 0;
}

int pthread_rwlockattr_setpshared(pthread_rwlockattr_t*, int shared)
{
    return refuse_sharing(shared);
}

int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t*, int* shared)
{
    *shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}

int pthread_rwlockattr_setkind_np(pthread_rwlockattr_t* attributes, int kind)
{
    if (kind < PTHREAD_RWLOCK_PREFER_READER_NP || kind > PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        return EINVAL;
    attributes->__fields[0] = kind;
    return 0;
}

int pthread_rwlockattr_getkind_np(const pthread_rwlockattr_t* attributes, int* kind)
{
    *kind = attributes->__fields[0];
    return 0;
}

int pthread_barrierattr_init(pthread_barrierattr_t* attributes)
{
    attributes->__fields[0] = PTHREAD_PROCESS_PRIVATE;
    return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t*)
{
    return 0;
}

int pthread_barrierattr_setpshared(pthread_barrierattr_t*, int shared)
{
    return refuse_sharing(shared);
}

int pthread_barrierattr_getpshared(const pthread_barrierattr_t*, int* shared)
{
    *shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}

}
