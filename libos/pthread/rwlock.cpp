// SPDX-License-Identifier: MIT
// Reader-writer locks. Readers go in past waiting writers, so that a thread may read-lock again what it holds, as on Linux.
#include "futex_lock.hpp"
#include "pthread.hpp"

using namespace libos;

namespace {

constexpr uint32_t writer = UINT32_MAX, most_readers = UINT32_MAX - 1;

bool add_reader(pthread_rwlock_t& lock, int& error)
{
    uint32_t& state = lock.__fields.__state;
    for (uint32_t now = load(state); now != writer; now = load(state)) {
        if (now == most_readers) {
            error = EAGAIN;
            return false;
        }
        if (exchange_if(state, now, now + 1))
            return true;
    }
    error = EBUSY;
    return false;
}

bool become_writer(pthread_rwlock_t& lock)
{
    if (!exchange_if(lock.__fields.__state, 0, writer))
        return false;
    futex_lock::make_mine(lock.__fields.__owner);
    return true;
}

bool i_write(const pthread_rwlock_t& lock)
{
    return load(lock.__fields.__state) == writer && futex_lock::is_mine(lock.__fields.__owner);
}

// `attempt` fails as long as somebody is inside; who leaves moves the sequence on if anybody is counted as waiting.
template <typename Attempt>
int wait_for(pthread_rwlock_t& lock, uint64_t deadline, Attempt attempt)
{
    auto& fields = lock.__fields;
    int error = EBUSY;
    __atomic_add_fetch(&fields.__waiting, 1, __ATOMIC_SEQ_CST);
    while (error == EBUSY) {
        uint32_t seen = load(fields.__sequence);
        error = attempt();
        if (error == EBUSY && wait_on(fields.__sequence, seen, deadline) == SKL_FUTEX_TIMEOUT)
            error = ETIMEDOUT;
    }
    __atomic_sub_fetch(&fields.__waiting, 1, __ATOMIC_RELAXED);
    return error;
}

int read_until(pthread_rwlock_t& lock, uint64_t deadline)
{
    if (i_write(lock))
        return EDEADLK;
    return wait_for(lock, deadline, [&] {
        int error;
        return add_reader(lock, error) ? 0 : error;
    });
}

int write_until(pthread_rwlock_t& lock, uint64_t deadline)
{
    if (i_write(lock))
        return EDEADLK;
    return wait_for(lock, deadline, [&] { return become_writer(lock) ? 0 : EBUSY; });
}

}

extern "C" {

int pthread_rwlock_init(pthread_rwlock_t* lock, const pthread_rwlockattr_t*)
{
    *lock = {};
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock)
{
    return load(lock->__fields.__state) == 0 ? 0 : EBUSY;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock)
{
    int error;
    return add_reader(*lock, error) ? 0 : error;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock)
{
    int error;
    return add_reader(*lock, error) ? 0 : error == EBUSY ? read_until(*lock, no_deadline) : error;
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* time)
{
    if (pthread_rwlock_tryrdlock(lock) == 0)
        return 0;
    uint64_t deadline;
    int error = deadline_on(clock, *time, deadline);
    return error ? error : read_until(*lock, deadline);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* time)
{
    return pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, time);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t* lock)
{
    return become_writer(*lock) ? 0 : EBUSY;
}

int pthread_rwlock_wrlock(pthread_rwlock_t* lock)
{
    return become_writer(*lock) ? 0 : write_until(*lock, no_deadline);
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* time)
{
    if (become_writer(*lock))
        return 0;
    uint64_t deadline;
    int error = deadline_on(clock, *time, deadline);
    return error ? error : write_until(*lock, deadline);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* time)
{
    return pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, time);
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock)
{
    auto& fields = lock->__fields;
    uint32_t left;
    if (load(fields.__state) == writer) {
        futex_lock::make_nobodys(fields.__owner);
        __atomic_store_n(&fields.__state, 0, __ATOMIC_SEQ_CST);
        left = 0;
    } else {
        left = __atomic_sub_fetch(&fields.__state, 1, __ATOMIC_SEQ_CST);
    }
    if (left == 0 && __atomic_load_n(&fields.__waiting, __ATOMIC_SEQ_CST) != 0) {
        __atomic_add_fetch(&fields.__sequence, 1, __ATOMIC_RELEASE);
        skl_futex_wake(&fields.__sequence, UINT32_MAX);
    }
    return 0;
}

}
