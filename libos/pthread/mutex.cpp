// SPDX-License-Identifier: MIT
// Mutexes: a lock in one word, and for the types that ask who holds it, owner and depth beside it.
#include "mutex.hpp"

#include "futex_lock.hpp"

#include <pthread.h>

namespace libos {
namespace {

bool plain(const pthread_mutex_t& mutex)
{
    return mutex.__fields.__type == PTHREAD_MUTEX_NORMAL;
}

bool mine(const pthread_mutex_t& mutex)
{
    return futex_lock::is_mine(mutex.__fields.__owner);
}

// A recursive one that is held already: counted. An error-checking one: refused.
int take_again(pthread_mutex_t& mutex)
{
    if (mutex.__fields.__type == PTHREAD_MUTEX_ERRORCHECK)
        return EDEADLK;
    if (mutex.__fields.__depth == UINT32_MAX)
        return EAGAIN;
    mutex.__fields.__depth++;
    return 0;
}

void own(pthread_mutex_t& mutex)
{
    futex_lock::make_mine(mutex.__fields.__owner);
    mutex.__fields.__depth = 1;
}

}

int lock_until(pthread_mutex_t& mutex, uint64_t deadline)
{
    if (!plain(mutex) && mine(mutex))
        return take_again(mutex);
    int error = futex_lock::take(mutex.__fields.__state, deadline);
    if (!error && !plain(mutex))
        own(mutex);
    return error;
}

}

using namespace libos;

extern "C" {

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes)
{
    *mutex = {};
    mutex->__fields.__type = attributes ? attributes->__fields[0] : PTHREAD_MUTEX_DEFAULT;
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t* mutex)
{
    return load(mutex->__fields.__state) == futex_lock::free_now ? 0 : EBUSY;
}

int pthread_mutex_lock(pthread_mutex_t* mutex)
{
    return lock_until(*mutex, no_deadline);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex)
{
    if (!plain(*mutex) && mine(*mutex))
        return mutex->__fields.__type == PTHREAD_MUTEX_ERRORCHECK ? EBUSY : take_again(*mutex);
    if (!futex_lock::try_take(mutex->__fields.__state))
        return EBUSY;
    if (!plain(*mutex))
        own(*mutex);
    return 0;
}

int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* time)
{
    if (pthread_mutex_trylock(mutex) == 0) // whatever the time is
        return 0;
    uint64_t deadline;
    int error = deadline_on(clock, *time, deadline);
    return error ? error : lock_until(*mutex, deadline);
}

int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* time)
{
    return pthread_mutex_clocklock(mutex, CLOCK_REALTIME, time);
}

int pthread_mutex_unlock(pthread_mutex_t* mutex)
{
    auto& fields = mutex->__fields;
    if (!plain(*mutex)) {
        if (!mine(*mutex))
            return EPERM;
        if (--fields.__depth > 0)
            return 0;
        futex_lock::make_nobodys(fields.__owner);
    }
    futex_lock::give(fields.__state);
    return 0;
}

int pthread_mutex_consistent(pthread_mutex_t*)
{
    return EINVAL; // no mutex is robust
}

int pthread_mutex_getprioceiling(const pthread_mutex_t*, int*)
{
    return EINVAL; // no mutex has one
}

int pthread_mutex_setprioceiling(pthread_mutex_t*, int, int*)
{
    return EINVAL;
}

}
