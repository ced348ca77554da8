// SPDX-License-Identifier: MIT
// Mutexes: one word says free, taken, or taken with somebody waiting; only the last costs the holder a call. [Drepper, Futexes Are Tricky]
#include "mutex.hpp"

#include <kernel/process.h>
#include <pthread.h>

namespace libos {
namespace {

constexpr uint32_t free_now = 0, taken = 1, contended = 2;
constexpr int looks = 100; // before sleeping; the holder is likely to be near its end

auto& fields_of(pthread_mutex_t& mutex)
{
    return mutex.__fields;
}

uint32_t me()
{
    return skl_thread_id() + 1;
}

bool plain(const pthread_mutex_t& mutex)
{
    return mutex.__fields.__type == PTHREAD_MUTEX_NORMAL;
}

bool mine(const pthread_mutex_t& mutex)
{
    return __atomic_load_n(&mutex.__fields.__owner, __ATOMIC_RELAXED) == me();
}

bool look_for_a_while(uint32_t& state)
{
    if (skl_cpu_count() == 1)
        return false;
    for (int i = 0; i < looks; i++) {
        if (__atomic_load_n(&state, __ATOMIC_RELAXED) == free_now && exchange_if(state, free_now, taken))
            return true;
        __builtin_ia32_pause();
    }
    return false;
}

int take_slowly(uint32_t& state, uint64_t deadline)
{
    if (look_for_a_while(state))
        return 0;
    while (__atomic_exchange_n(&state, contended, __ATOMIC_ACQUIRE) != free_now)
        if (wait_on(state, contended, deadline) == SKL_FUTEX_TIMEOUT)
            return ETIMEDOUT;
    return 0;
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
    __atomic_store_n(&mutex.__fields.__owner, me(), __ATOMIC_RELAXED);
    mutex.__fields.__depth = 1;
}

}

int lock_until(pthread_mutex_t& mutex, uint64_t deadline)
{
    uint32_t& state = fields_of(mutex).__state;
    if (plain(mutex))
        return exchange_if(state, free_now, taken) ? 0 : take_slowly(state, deadline);
    if (mine(mutex))
        return take_again(mutex);
    int error = exchange_if(state, free_now, taken) ? 0 : take_slowly(state, deadline);
    if (!error)
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
    return load(mutex->__fields.__state) == free_now ? 0 : EBUSY;
}

int pthread_mutex_lock(pthread_mutex_t* mutex)
{
    return lock_until(*mutex, no_deadline);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex)
{
    if (!plain(*mutex) && mine(*mutex))
        return mutex->__fields.__type == PTHREAD_MUTEX_ERRORCHECK ? EBUSY : take_again(*mutex);
    if (!exchange_if(mutex->__fields.__state, free_now, taken))
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
        __atomic_store_n(&fields.__owner, 0, __ATOMIC_RELAXED);
    }
    const uint32_t* word = &fields.__state; // after the exchange the mutex may be gone
    if (__atomic_exchange_n(&fields.__state, free_now, __ATOMIC_RELEASE) == contended)
        skl_futex_wake(word, 1);
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
