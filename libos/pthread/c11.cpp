// SPDX-License-Identifier: MIT
// C11's threads: POSIX's with other names and return values. [iso/c11] 7.26
#include "pthread.hpp"

#include <errno.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

namespace {

int answer(int error)
{
    switch (error) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case ENOMEM:
    case EAGAIN:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

struct Start {
    thrd_start_t function;
    void* argument;
};

void* run(void* argument)
{
    Start start = *static_cast<Start*>(argument);
    free(argument);
    return reinterpret_cast<void*>(static_cast<intptr_t>(start.function(start.argument)));
}

}

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument)
{
    auto* start = static_cast<Start*>(malloc(sizeof(Start)));
    if (!start)
        return thrd_nomem;
    *start = {function, argument};
    int error = pthread_create(thread, nullptr, run, start);
    if (error)
        free(start);
    return answer(error);
}

thrd_t thrd_current()
{
    return pthread_self();
}

int thrd_detach(thrd_t thread)
{
    return answer(pthread_detach(thread));
}

int thrd_equal(thrd_t left, thrd_t right)
{
    return pthread_equal(left, right);
}

void thrd_exit(int result)
{
    pthread_exit(reinterpret_cast<void*>(static_cast<intptr_t>(result)));
}

int thrd_join(thrd_t thread, int* result)
{
    void* value;
    int error = pthread_join(thread, &value);
    if (!error && result)
        *result = static_cast<int>(reinterpret_cast<intptr_t>(value));
    return answer(error);
}

// -1: a signal; any other negative value: an error.
int thrd_sleep(const timespec* duration, timespec* left)
{
    if (nanosleep(duration, left) == 0)
        return 0;
    return errno == EINTR ? -1 : -2;
}

void thrd_yield()
{
    skl_thread_yield();
}

void call_once(once_flag* flag, void (*function)())
{
    pthread_once(flag, function);
}

int mtx_init(mtx_t* mutex, int type)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (type & mtx_recursive)
        pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    return answer(pthread_mutex_init(mutex, &attributes));
}

void mtx_destroy(mtx_t* mutex)
{
    pthread_mutex_destroy(mutex);
}

int mtx_lock(mtx_t* mutex)
{
    return answer(pthread_mutex_lock(mutex));
}

int mtx_trylock(mtx_t* mutex)
{
    return answer(pthread_mutex_trylock(mutex));
}

int mtx_timedlock(mtx_t* mutex, const timespec* time)
{
    return answer(pthread_mutex_timedlock(mutex, time));
}

int mtx_unlock(mtx_t* mutex)
{
    return answer(pthread_mutex_unlock(mutex));
}

int cnd_init(cnd_t* condition)
{
    return answer(pthread_cond_init(condition, nullptr));
}

void cnd_destroy(cnd_t* condition)
{
    pthread_cond_destroy(condition);
}

int cnd_signal(cnd_t* condition)
{
    return answer(pthread_cond_signal(condition));
}

int cnd_broadcast(cnd_t* condition)
{
    return answer(pthread_cond_broadcast(condition));
}

int cnd_wait(cnd_t* condition, mtx_t* mutex)
{
    return answer(pthread_cond_wait(condition, mutex));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* time)
{
    return answer(pthread_cond_timedwait(condition, mutex, time));
}

int tss_create(tss_t* key, tss_dtor_t destructor)
{
    return answer(pthread_key_create(key, destructor));
}

void tss_delete(tss_t key)
{
    pthread_key_delete(key);
}

void* tss_get(tss_t key)
{
    return pthread_getspecific(key);
}

int tss_set(tss_t key, void* value)
{
    return answer(pthread_setspecific(key, value));
}

}
