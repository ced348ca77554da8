// SPDX-License-Identifier: MIT
// Condition variables: a sequence number that each signal moves on. Who waits sleeps on the number it has seen while it held the mutex.
#include "mutex.hpp"
#include "pthread.hpp"

using namespace libos;

namespace {

// What a thread that is cancelled in the wait must do before its own handlers run.
struct Waiting {
    __skl_cleanup cleanup;
    pthread_cond_t& condition;
    pthread_mutex_t& mutex;

    Waiting(pthread_cond_t& condition, pthread_mutex_t& mutex) : cleanup{end, this, nullptr}, condition(condition), mutex(mutex)
    {
        __atomic_add_fetch(&condition.__fields.__waiters, 1, __ATOMIC_SEQ_CST);
        __skl_cleanup_push(&cleanup);
    }

    static void end(void* argument)
    {
        auto& waiting = *static_cast<Waiting*>(argument);
        __atomic_sub_fetch(&waiting.condition.__fields.__waiters, 1, __ATOMIC_RELEASE);
        lock_until(waiting.mutex, no_deadline);
    }
};

int wait_until(pthread_cond_t& condition, pthread_mutex_t& mutex, uint64_t deadline)
{
    const uint32_t& sequence = condition.__fields.__sequence;
    uint32_t seen = load(sequence);
    uint32_t depth = mutex.__fields.__depth; // of a recursive one: given up whole
    skl_futex_answer answer;
    {
        Waiting waiting(condition, mutex);
        mutex.__fields.__depth = 1;
        if (int error = pthread_mutex_unlock(&mutex)) {
            mutex.__fields.__depth = depth;
            __atomic_sub_fetch(&condition.__fields.__waiters, 1, __ATOMIC_RELEASE);
            self.cleanups = waiting.cleanup.__previous;
            return error;
        }
        {
            CancellationPoint point;
            do {
                answer = wait_on(sequence, seen, deadline);
            } while (answer == SKL_FUTEX_INTERRUPTED && load(sequence) == seen);
        }
        __skl_cleanup_pop(&waiting.cleanup, 1);
    }
    mutex.__fields.__depth = depth;
    return answer == SKL_FUTEX_TIMEOUT ? ETIMEDOUT : 0;
}

int wait_until(pthread_cond_t& condition, pthread_mutex_t& mutex, clockid_t clock, const timespec& time)
{
    uint64_t deadline;
    int error = deadline_on(clock, time, deadline);
    return error ? error : wait_until(condition, mutex, deadline);
}

void wake(pthread_cond_t& condition, uint32_t count)
{
    auto& fields = condition.__fields;
    if (__atomic_load_n(&fields.__waiters, __ATOMIC_SEQ_CST) == 0) // a waiter counts itself before it gives up the mutex
        return;
    __atomic_add_fetch(&fields.__sequence, 1, __ATOMIC_RELEASE);
    skl_futex_wake(&fields.__sequence, count);
}

}

extern "C" {

int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes)
{
    *condition = {};
    condition->__fields.__clock = attributes ? attributes->__fields[0] : 0;
    return 0;
}

// Threads that have been woken may still be on their way out.
int pthread_cond_destroy(pthread_cond_t* condition)
{
    while (load(condition->__fields.__waiters) != 0)
        skl_thread_yield();
    return 0;
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex)
{
    return wait_until(*condition, *mutex, no_deadline);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* time)
{
    return wait_until(*condition, *mutex, clock, *time);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* time)
{
    auto clock = static_cast<clockid_t>(condition->__fields.__clock);
    return wait_until(*condition, *mutex, clock ? clock : CLOCK_REALTIME, *time);
}

int pthread_cond_signal(pthread_cond_t* condition)
{
    wake(*condition, 1);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition)
{
    wake(*condition, UINT32_MAX);
    return 0;
}

}
