// SPDX-License-Identifier: MIT
// Creating, ending, joining and detaching threads.
#include "attributes.hpp"
#include "pthread.hpp"
#include "start/reent.hpp"
#include "wait.hpp"

#include <errno.h>
#include <kernel/process.h>
#include <stdlib.h>
#include <string.h>

// The allocator's, unless the program has brought another one.
extern "C" [[gnu::weak]] void skl_malloc_thread_ends();

namespace libos {

thread_local constinit Pthread self;

namespace {

constexpr int linux_einval = -22;

uint32_t living = 1; // threads that have not ended

void plan_of(const ThreadAttributes& attributes, uint64_t (&cpus)[SKL_CPU_WORDS], skl_thread_plan& plan)
{
    plan = {};
    plan.stack_base = reinterpret_cast<uint64_t>(attributes.stack);
    plan.stack_size = attributes.stack_size;
    plan.guard_size = attributes.guard_size;
    if (attributes.cpus) {
        memcpy(cpus, attributes.cpus->__bits, sizeof cpus);
        plan.cpus = cpus;
    }
}

void run(void*)
{
    start_reent();
    self.result = self.start(self.argument);
    finish_thread();
}

Pthread& set_up(skl_thread* thread, const ThreadAttributes& attributes)
{
    Pthread& made = in_thread(thread, self);
    ThreadSignals& signals = in_thread(thread, thread_signals);
    made.thread = thread;
    made.signals = &signals;
    made.guard_size = attributes.guard_size;
    memcpy(made.name, current().name, sizeof made.name);
    enlist(signals, thread, thread_signals.blocked);
    if (attributes.detached) {
        made.joining = Joining::detached;
        skl_thread_detach(thread);
    }
    return made;
}

int join_until(pthread_t handle, void** result, uint64_t deadline)
{
    Pthread& thread = thread_of(handle);
    if (&thread == &self)
        return EDEADLK;
    Joining possible = Joining::possible;
    if (!__atomic_compare_exchange_n(&thread.joining, &possible, Joining::claimed, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return EINVAL;
    struct Unclaim { // a thread that is cancelled while it waits leaves it to others
        __skl_cleanup cleanup;
        explicit Unclaim(Joining& joining)
            : cleanup{[](void* word) { __atomic_store_n(static_cast<Joining*>(word), Joining::possible, __ATOMIC_RELEASE); }, &joining, nullptr}
        {
            __skl_cleanup_push(&cleanup);
        }
    } unclaim(thread.joining);
    int answer;
    {
        CancellationPoint point;
        while ((answer = skl_thread_join(thread.thread, deadline)) == SKL_FUTEX_INTERRUPTED)
            deliver_pending();
    }
    __skl_cleanup_pop(&unclaim.cleanup, answer == SKL_FUTEX_TIMEOUT);
    if (answer == SKL_FUTEX_TIMEOUT)
        return ETIMEDOUT;
    if (result)
        *result = thread.result;
    skl_thread_release(thread.thread);
    return 0;
}

}

Pthread& current()
{
    if (!self.thread) {
        self.thread = skl_thread_self();
        self.signals = &thread_signals;
        strncpy(self.name, program_invocation_short_name, name_size - 1);
    }
    return self;
}

void finish_thread()
{
    destroy_keys();
    if (__atomic_sub_fetch(&living, 1, __ATOMIC_ACQ_REL) == 0)
        exit(0);
    discharge(thread_signals);
    end_reent();
    if (skl_malloc_thread_ends)
        skl_malloc_thread_ends();
    skl_thread_exit();
}

}

using namespace libos;

extern "C" {

int pthread_create(pthread_t* handle, const pthread_attr_t* attr, void* (*start)(void*), void* argument)
{
    ThreadAttributes attributes = read_attributes(attr);
    if (attributes.priority_refused)
        return EPERM;
    uint64_t cpus[SKL_CPU_WORDS];
    skl_thread_plan plan;
    plan_of(attributes, cpus, plan);
    skl_thread* thread;
    if (int error = skl_thread_create(&plan, &thread))
        return error == linux_einval ? EINVAL : EAGAIN;
    Pthread& made = set_up(thread, attributes);
    made.start = start;
    made.argument = argument;
    *handle = handle_of(made); // the thread may read it
    __atomic_add_fetch(&living, 1, __ATOMIC_RELAXED);
    skl_thread_launch(thread, run, nullptr);
    return 0;
}

int pthread_join(pthread_t thread, void** result)
{
    return join_until(thread, result, no_deadline);
}

int pthread_tryjoin_np(pthread_t thread, void** result)
{
    int error = join_until(thread, result, 0);
    return error == ETIMEDOUT ? EBUSY : error;
}

int pthread_clockjoin_np(pthread_t thread, void** result, clockid_t clock, const timespec* time)
{
    uint64_t deadline = no_deadline;
    if (time)
        if (int error = deadline_on(clock, *time, deadline))
            return error;
    return join_until(thread, result, deadline);
}

int pthread_timedjoin_np(pthread_t thread, void** result, const timespec* time)
{
    return pthread_clockjoin_np(thread, result, CLOCK_REALTIME, time);
}

int pthread_detach(pthread_t handle)
{
    Pthread& thread = thread_of(handle);
    Joining possible = Joining::possible;
    if (!__atomic_compare_exchange_n(&thread.joining, &possible, Joining::detached, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return EINVAL;
    skl_thread_detach(thread.thread);
    return 0;
}

pthread_t pthread_self()
{
    return handle_of(current());
}

int pthread_equal(pthread_t left, pthread_t right)
{
    return left == right;
}

int pthread_yield()
{
    skl_thread_yield();
    return 0;
}

// There is no fork() that could call them.
int pthread_atfork(void (*)(), void (*)(), void (*)())
{
    return 0;
}

int pthread_setconcurrency(int level)
{
    return level < 0 ? EINVAL : 0;
}

int pthread_getconcurrency()
{
    return 0;
}

int pthread_setname_np(pthread_t handle, const char* name)
{
    if (strlen(name) >= name_size)
        return ERANGE;
    strcpy(thread_of(handle).name, name);
    return 0;
}

int pthread_getname_np(pthread_t handle, char* name, size_t size)
{
    const char* kept = thread_of(handle).name;
    if (strlen(kept) >= size)
        return ERANGE;
    strcpy(name, kept);
    return 0;
}

int pthread_kill(pthread_t handle, int signal)
{
    if (signal != 0 && !valid_signal(signal))
        return EINVAL;
    return signal ? send_to_other(*thread_of(handle).signals, signal) : 0;
}

int pthread_sigqueue(pthread_t handle, int signal, const union sigval value)
{
    if (signal != 0 && !valid_signal(signal))
        return EINVAL;
    return signal ? send_to_other(*thread_of(handle).signals, signal, &value) : 0;
}

}
