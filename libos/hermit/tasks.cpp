// SPDX-License-Identifier: MIT
// Tasks are detached POSIX threads, known by the number that gettid() answers.
#include "pthread.hpp"
#include "time/deadlines.hpp"

#include <errno.h>
#include <hermit/config.h>
#include <hermit/syscall.h>
#include <kernel/process.h>
#include <kernel/signal.h>
#include <stdlib.h>
#include <unistd.h>

using namespace libos;

namespace {

struct Start {
    void (*entry)(void*);
    void* argument;
    sem_t told; // the maker has written the number down
};

void* run(void* start)
{
    Start what = *static_cast<Start*>(start);
    while (sem_wait(&static_cast<Start*>(start)->told) != 0) {
    }
    free(start);
    what.entry(what.argument);
    return nullptr;
}

}

extern "C" {

tid_t sys_getpid()
{
    return static_cast<tid_t>(gettid());
}

int sys_getprio(tid_t* id)
{
    return !id || *id == sys_getpid() ? NORMAL_PRIO : -EINVAL;
}

int sys_setprio(tid_t*, int)
{
    return -ENOSYS;
}

int sys_clone(tid_t* id, void* entry, void* argument)
{
    if (!entry)
        return -EINVAL;
    auto* start = static_cast<Start*>(malloc(sizeof(Start)));
    if (!start)
        return -ENOMEM;
    *start = {reinterpret_cast<void (*)(void*)>(entry), argument, {}};
    pthread_t thread;
    if (int error = pthread_create(&thread, nullptr, run, start)) {
        free(start);
        return error == EAGAIN ? -ENOMEM : -error;
    }
    if (id)
        *id = static_cast<tid_t>(getpid()) + skl_thread_number(thread_of(thread).thread);
    sem_post(&start->told);
    pthread_detach(thread);
    return 0;
}

void sys_yield()
{
    skl_thread_yield();
}

// Handlers run meanwhile, and do not end it.
void sys_msleep(unsigned milliseconds)
{
    uint64_t deadline = deadline_after(milliseconds * nanoseconds_per_millisecond);
    while (skl_wait_for([](void*) { return skl_signals_waiting(); }, nullptr, deadline))
        deliver_pending();
}

size_t sys_get_ticks()
{
    return skl_clock_monotonic() / (nanoseconds_per_second / TIMER_FREQ);
}

void sys_exit(int status)
{
    _exit(status);
}

int sys_fork()
{
    return -ENOSYS;
}

int sys_wait(int*)
{
    return -ENOSYS;
}

int sys_execve(const char*, char* const*, char* const*)
{
    return -ENOSYS;
}

}
