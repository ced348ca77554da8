// SPDX-License-Identifier: MIT
// Lock, condition and barrier as a C library makes them of the futex: what the tests' threads meet on.
#pragma once

#include <kernel/futex.h>

#include <cstdint>

namespace skl {

// 0: free, 1: taken, 2: taken and somebody may sleep.
class FutexLock {
public:
    void lock()
    {
        std::uint32_t was = 0;
        if (__atomic_compare_exchange_n(&word_, &was, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            return;
        while (__atomic_exchange_n(&word_, 2, __ATOMIC_ACQUIRE) != 0)
            skl_futex_wait(&word_, 2, UINT64_MAX);
    }
    void unlock()
    {
        if (__atomic_exchange_n(&word_, 0, __ATOMIC_RELEASE) == 2)
            skl_futex_wake(&word_, 1);
    }

private:
    std::uint32_t word_ = 0;
};

class FutexCondition {
public:
    // May return for no reason.
    skl_futex_answer wait(FutexLock& lock, std::uint64_t deadline = UINT64_MAX)
    {
        std::uint32_t seen = __atomic_load_n(&sequence_, __ATOMIC_RELAXED);
        lock.unlock();
        skl_futex_answer answer = skl_futex_wait(&sequence_, seen, deadline);
        lock.lock();
        return answer;
    }
    void wake(std::uint32_t count)
    {
        __atomic_add_fetch(&sequence_, 1, __ATOMIC_RELAXED);
        skl_futex_wake(&sequence_, count);
    }

private:
    std::uint32_t sequence_ = 0;
};

}
