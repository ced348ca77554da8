// SPDX-License-Identifier: MIT
// newlib's lock hooks (stdio, malloc, environment, atexit): recursive locks, owned by thread number, whose waiters sleep.
#include "futex_lock.hpp"

#include <kernel/thread.h>
#include <stdlib.h>
#include <sys/lock.h>

using namespace libos;

struct __lock {
    uint32_t state; // zeroed: free
    uint32_t owner; // futex_lock::own_mark()
    uint32_t depth; // the owner's
};

namespace {

__lock shared_without_memory;

// While there is one thread; one that is started later finds the lock taken all the same.
bool try_take_alone(__lock& lock)
{
    if (lock.state != futex_lock::free_now)
        return false;
    lock.state = futex_lock::taken;
    return true;
}

bool try_take(__lock& lock)
{
    if (!(skl_threaded ? futex_lock::try_take(lock.state) : try_take_alone(lock)))
        return false;
    futex_lock::make_mine(lock.owner);
    return true;
}

// A signal handler that wants it waits for the thread it has interrupted, here as on Linux. Others' handlers run in between.
void take(__lock& lock)
{
    if (try_take(lock))
        return;
    futex_lock::take_slowly(lock.state, no_deadline);
    futex_lock::make_mine(lock.owner);
}

void give(__lock& lock)
{
    futex_lock::make_nobodys(lock.owner);
    if (skl_threaded)
        futex_lock::give(lock.state);
    else
        lock.state = futex_lock::free_now;
}

}

extern "C" {

__lock __lock___sinit_recursive_mutex, __lock___sfp_recursive_mutex, __lock___atexit_recursive_mutex;
__lock __lock___malloc_recursive_mutex, __lock___env_recursive_mutex, __lock___at_quick_exit_mutex;
__lock __lock___tz_mutex, __lock___dd_hash_mutex, __lock___arc4random_mutex;

void __retarget_lock_init(_LOCK_T* lock)
{
    *lock = static_cast<_LOCK_T>(calloc(1, sizeof(__lock)));
    if (!*lock)
        abort();
}

// Out of memory a stream's lock is one that it shares with others like it: newlib has no way to answer an error here.
void __retarget_lock_init_recursive(_LOCK_T* lock)
{
    *lock = static_cast<_LOCK_T>(calloc(1, sizeof(__lock)));
    if (!*lock)
        *lock = &shared_without_memory;
}

void __retarget_lock_close(_LOCK_T lock)
{
    free(lock);
}

void __retarget_lock_close_recursive(_LOCK_T lock)
{
    if (lock != &shared_without_memory)
        free(lock);
}

void __retarget_lock_acquire(_LOCK_T lock)
{
    take(*lock);
}

int __retarget_lock_try_acquire(_LOCK_T lock)
{
    return try_take(*lock);
}

void __retarget_lock_release(_LOCK_T lock)
{
    give(*lock);
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
    if (!futex_lock::is_mine(lock->owner))
        take(*lock);
    lock->depth++;
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
    if (!futex_lock::is_mine(lock->owner) && !try_take(*lock))
        return 0;
    lock->depth++;
    return 1;
}

void __retarget_lock_release_recursive(_LOCK_T lock)
{
    if (--lock->depth == 0)
        give(*lock);
}

}
