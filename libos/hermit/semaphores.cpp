// SPDX-License-Identifier: MIT
// Semaphores: POSIX's, allocated, with errors and time-outs as HermitCore has them.
#include "negated.hpp"
#include "time/deadlines.hpp"

#include <hermit/syscall.h>
#include <pthread.h>
#include <stdlib.h>

using namespace libos;

namespace {

// Waits that are no cancellation points.
struct Uncancelled {
    int before;
    Uncancelled() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before); }
    ~Uncancelled() { pthread_setcancelstate(before, nullptr); }
    Uncancelled(const Uncancelled&) = delete;
    Uncancelled& operator=(const Uncancelled&) = delete;
};

int wait_for(sem_t* semaphore, unsigned milliseconds)
{
    if (!semaphore)
        return -EINVAL;
    uint64_t deadline = deadline_after(milliseconds * nanoseconds_per_millisecond);
    timespec time = timespec_of(deadline);
    int result;
    do {
        result = negated([&] { return milliseconds ? sem_clockwait(semaphore, CLOCK_MONOTONIC, &time) : sem_wait(semaphore); });
    } while (result == -EINTR);
    return result == -ETIMEDOUT ? -ETIME : result;
}

}

extern "C" {

int sys_sem_init(sem_t** semaphore, unsigned value)
{
    if (!semaphore)
        return -EINVAL;
    *semaphore = static_cast<sem_t*>(malloc(sizeof(sem_t)));
    if (!*semaphore)
        return -ENOMEM;
    int result = negated([=] { return sem_init(*semaphore, 0, value); });
    if (result < 0) {
        free(*semaphore);
        *semaphore = nullptr;
    }
    return result;
}

int sys_sem_destroy(sem_t* semaphore)
{
    if (!semaphore)
        return -EINVAL;
    free(semaphore);
    return 0;
}

int sys_sem_wait(sem_t* semaphore)
{
    Uncancelled uncancelled;
    return wait_for(semaphore, 0);
}

int sys_sem_post(sem_t* semaphore)
{
    return semaphore ? negated([=] { return sem_post(semaphore); }) : -EINVAL;
}

int sys_sem_timedwait(sem_t* semaphore, unsigned milliseconds)
{
    Uncancelled uncancelled;
    return wait_for(semaphore, milliseconds);
}

int sys_sem_cancelablewait(sem_t* semaphore, unsigned milliseconds)
{
    return wait_for(semaphore, milliseconds);
}

}
