// SPDX-License-Identifier: MIT
// Spinlocks. Who spins gives way after a while: the holder may be waiting for this very CPU.
#include <errno.h>
#include <kernel/thread.h>
#include <pthread.h>

namespace {
constexpr int looks = 1000;
}

extern "C" {

int pthread_spin_init(pthread_spinlock_t* lock, int)
{
    *lock = 0;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t*)
{
    return 0;
}

int pthread_spin_trylock(pthread_spinlock_t* lock)
{
    return __atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) ? EBUSY : 0;
}

int pthread_spin_lock(pthread_spinlock_t* lock)
{
    for (int i = 0; pthread_spin_trylock(lock) != 0; i++) {
        while (__atomic_load_n(lock, __ATOMIC_RELAXED) && ++i % looks)
            __builtin_ia32_pause();
        if (i % looks == 0)
            skl_thread_yield();
    }
    return 0;
}

int pthread_spin_unlock(pthread_spinlock_t* lock)
{
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
    return 0;
}

}
