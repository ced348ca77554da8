// SPDX-License-Identifier: MIT
// Barriers: the last to arrive starts the next generation; the others look for that a while, then sleep on it.
#include "wait.hpp"

#include <kernel/process.h>
#include <pthread.h>

using namespace libos;

namespace {

constexpr int looks = 2000;

bool look_for_a_while(const uint32_t& generation, uint32_t mine)
{
    for (int i = 0; i < looks && skl_cpu_count() > 1; i++) {
        if (load(generation) != mine)
            return true;
        __builtin_ia32_pause();
    }
    return false;
}

}

extern "C" {

int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t*, unsigned count)
{
    if (count == 0)
        return EINVAL;
    *barrier = {};
    barrier->__fields.__count = count;
    return 0;
}

// Threads of the last generation may still be on their way out.
int pthread_barrier_destroy(pthread_barrier_t* barrier)
{
    auto& fields = barrier->__fields;
    if (load(fields.__arrived) != 0)
        return EBUSY;
    while (load(fields.__leaving) != 0)
        skl_thread_yield();
    return 0;
}

int pthread_barrier_wait(pthread_barrier_t* barrier)
{
    auto& fields = barrier->__fields;
    uint32_t mine = load(fields.__generation);
    __atomic_add_fetch(&fields.__leaving, 1, __ATOMIC_RELAXED);
    bool last = __atomic_add_fetch(&fields.__arrived, 1, __ATOMIC_ACQ_REL) == fields.__count;
    if (last) {
        __atomic_store_n(&fields.__arrived, 0, __ATOMIC_RELAXED);
        __atomic_add_fetch(&fields.__generation, 1, __ATOMIC_RELEASE);
        skl_futex_wake(&fields.__generation, UINT32_MAX);
    } else if (!look_for_a_while(fields.__generation, mine)) {
        while (load(fields.__generation) == mine)
            wait_on(fields.__generation, mine, no_deadline);
    }
    __atomic_sub_fetch(&fields.__leaving, 1, __ATOMIC_RELEASE); // partner: pthread_barrier_destroy
    return last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

}
