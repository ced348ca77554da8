// SPDX-License-Identifier: MIT
// newlib's lock hooks (stdio, malloc, environment, atexit): recursive spinlocks that yield, owned by thread number.
#include <kernel/thread.h>
#include <stdlib.h>
#include <sys/lock.h>

namespace {
constexpr uint32_t nobody = 0; // so that a zeroed lock is free
}

struct __lock {
    uint32_t owner; // thread number + 1
    uint32_t depth; // the owner's
};

namespace {

uint32_t self()
{
    return skl_thread_id() + 1;
}

bool try_take(__lock& lock)
{
    if (!skl_threaded) { // a thread that is started later finds the owner written down all the same
        bool free = lock.owner == nobody;
        lock.owner = self();
        return free;
    }
    uint32_t expected = nobody;
    return __atomic_compare_exchange_n(&lock.owner, &expected, self(), false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

bool held(const __lock& lock)
{
    return __atomic_load_n(&lock.owner, __ATOMIC_RELAXED) == self();
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

void __retarget_lock_init_recursive(_LOCK_T* lock)
{
    __retarget_lock_init(lock);
}

void __retarget_lock_close(_LOCK_T lock)
{
    free(lock);
}

void __retarget_lock_close_recursive(_LOCK_T lock)
{
    free(lock);
}

void __retarget_lock_acquire(_LOCK_T lock)
{
    while (!try_take(*lock))
        skl_thread_yield();
}

int __retarget_lock_try_acquire(_LOCK_T lock)
{
    return try_take(*lock);
}

void __retarget_lock_release(_LOCK_T lock)
{
    __atomic_store_n(&lock->owner, nobody, __ATOMIC_RELEASE); // partner: try_take
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
    if (!held(*lock))
        __retarget_lock_acquire(lock);
    lock->depth++;
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
    if (!held(*lock) && !try_take(*lock))
        return 0;
    lock->depth++;
    return 1;
}

void __retarget_lock_release_recursive(_LOCK_T lock)
{
    if (--lock->depth == 0)
        __retarget_lock_release(lock);
}

}
