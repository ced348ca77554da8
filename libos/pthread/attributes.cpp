// SPDX-License-Identifier: MIT
// Attributes of threads. There is one scheduling policy, SCHED_OTHER; others can be noted but not had.
#include "attributes.hpp"
#include "pthread.hpp"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

using namespace libos;

namespace {

pthread_attr_t defaults{};

size_t or_default(size_t size, size_t fallback)
{
    return size ? size : fallback;
}

cpu_set_t* cpus_of(const pthread_attr_t& attributes)
{
    return reinterpret_cast<cpu_set_t*>(attributes.__fields.__cpus);
}

bool known_policy(int policy)
{
    return policy == SCHED_OTHER || policy == SCHED_FIFO || policy == SCHED_RR || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

int valid_stack(size_t size)
{
    return size < PTHREAD_STACK_MIN ? EINVAL : 0;
}

}

namespace libos {

ThreadAttributes read_attributes(const pthread_attr_t* attributes)
{
    const auto& fields = (attributes ? *attributes : defaults).__fields;
    ThreadAttributes read;
    read.stack = fields.__stack;
    read.stack_size = or_default(fields.__stack_size, or_default(defaults.__fields.__stack_size, default_stack_size));
    read.guard_size = attributes ? fields.__guard_size : default_guard_size;
    read.cpus = attributes ? cpus_of(*attributes) : nullptr;
    read.detached = fields.__detached;
    read.priority_refused = fields.__explicit && (fields.__policy == SCHED_FIFO || fields.__policy == SCHED_RR);
    return read;
}

}

extern "C" {

int pthread_attr_init(pthread_attr_t* attributes)
{
    *attributes = defaults;
    attributes->__fields.__guard_size = default_guard_size;
    return 0;
}

int pthread_attr_destroy(pthread_attr_t* attributes)
{
    free(cpus_of(*attributes));
    *attributes = {};
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t* attributes, int state)
{
    if (state != PTHREAD_CREATE_DETACHED && state != PTHREAD_CREATE_JOINABLE)
        return EINVAL;
    attributes->__fields.__detached = state == PTHREAD_CREATE_DETACHED;
    return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t* attributes, int* state)
{
    *state = attributes->__fields.__detached ? PTHREAD_CREATE_DETACHED : PTHREAD_CREATE_JOINABLE;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t* attributes, size_t size)
{
    if (int error = valid_stack(size))
        return error;
    attributes->__fields.__stack_size = size;
    return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t* attributes, size_t* size)
{
    *size = or_default(attributes->__fields.__stack_size, default_stack_size);
    return 0;
}

int pthread_attr_setguardsize(pthread_attr_t* attributes, size_t size)
{
    attributes->__fields.__guard_size = size;
    return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t* attributes, size_t* size)
{
    *size = attributes->__fields.__guard_size;
    return 0;
}

int pthread_attr_setstack(pthread_attr_t* attributes, void* stack, size_t size)
{
    if (int error = valid_stack(size))
        return error;
    attributes->__fields.__stack = stack;
    attributes->__fields.__stack_size = size;
    return 0;
}

int pthread_attr_getstack(const pthread_attr_t* attributes, void** stack, size_t* size)
{
    *stack = attributes->__fields.__stack;
    return pthread_attr_getstacksize(attributes, size);
}

// The old interface names the end from which the stack grows.
int pthread_attr_setstackaddr(pthread_attr_t* attributes, void* end)
{
    attributes->__fields.__stack = static_cast<char*>(end) - or_default(attributes->__fields.__stack_size, default_stack_size);
    return 0;
}

int pthread_attr_getstackaddr(const pthread_attr_t* attributes, void** end)
{
    char* stack = static_cast<char*>(attributes->__fields.__stack);
    *end = stack ? stack + or_default(attributes->__fields.__stack_size, default_stack_size) : nullptr;
    return 0;
}

int pthread_attr_setinheritsched(pthread_attr_t* attributes, int inherit)
{
    if (inherit != PTHREAD_INHERIT_SCHED && inherit != PTHREAD_EXPLICIT_SCHED)
        return EINVAL;
    attributes->__fields.__explicit = inherit == PTHREAD_EXPLICIT_SCHED;
    return 0;
}

int pthread_attr_getinheritsched(const pthread_attr_t* attributes, int* inherit)
{
    *inherit = attributes->__fields.__explicit ? PTHREAD_EXPLICIT_SCHED : PTHREAD_INHERIT_SCHED;
    return 0;
}

int pthread_attr_setschedpolicy(pthread_attr_t* attributes, int policy)
{
    if (!known_policy(policy))
        return EINVAL;
    attributes->__fields.__policy = static_cast<unsigned char>(policy);
    return 0;
}

int pthread_attr_getschedpolicy(const pthread_attr_t* attributes, int* policy)
{
    *policy = attributes->__fields.__policy;
    return 0;
}

int pthread_attr_setschedparam(pthread_attr_t* attributes, const sched_param* parameters)
{
    if (parameters->sched_priority < 0 || parameters->sched_priority > 99)
        return EINVAL;
    attributes->__fields.__priority = parameters->sched_priority;
    return 0;
}

int pthread_attr_getschedparam(const pthread_attr_t* attributes, sched_param* parameters)
{
    parameters->sched_priority = attributes->__fields.__priority;
    return 0;
}

int pthread_attr_setscope(pthread_attr_t*, int scope)
{
    if (scope == PTHREAD_SCOPE_SYSTEM)
        return 0;
    return scope == PTHREAD_SCOPE_PROCESS ? ENOTSUP : EINVAL;
}

int pthread_attr_getscope(const pthread_attr_t*, int* scope)
{
    *scope = PTHREAD_SCOPE_SYSTEM;
    return 0;
}

int pthread_attr_setaffinity_np(pthread_attr_t* attributes, size_t size, const cpu_set_t* cpus)
{
    cpu_set_t* copy = nullptr;
    if (cpus && size) {
        copy = static_cast<cpu_set_t*>(calloc(1, sizeof *copy));
        if (!copy)
            return ENOMEM;
        memcpy(copy, cpus, size < sizeof *copy ? size : sizeof *copy);
    }
    free(cpus_of(*attributes));
    attributes->__fields.__cpus = copy;
    return 0;
}

int pthread_attr_getaffinity_np(const pthread_attr_t* attributes, size_t size, cpu_set_t* cpus)
{
    const cpu_set_t* kept = cpus_of(*attributes);
    memset(cpus, kept ? 0 : 0xff, size);
    if (kept)
        memcpy(cpus, kept, size < sizeof *kept ? size : sizeof *kept);
    return 0;
}

int pthread_getattr_np(pthread_t handle, pthread_attr_t* attributes)
{
    Pthread& thread = thread_of(handle);
    skl_stack stack = skl_thread_stack(thread.thread);
    *attributes = {};
    attributes->__fields.__stack = reinterpret_cast<void*>(stack.base);
    attributes->__fields.__stack_size = stack.size;
    attributes->__fields.__guard_size = thread.guard_size;
    attributes->__fields.__detached = thread.joining == Joining::detached;
    cpu_set_t cpus;
    pthread_getaffinity_np(handle, sizeof cpus, &cpus);
    return pthread_attr_setaffinity_np(attributes, sizeof cpus, &cpus);
}

int pthread_getattr_default_np(pthread_attr_t* attributes)
{
    return pthread_attr_init(attributes);
}

int pthread_setattr_default_np(const pthread_attr_t* attributes)
{
    if (attributes->__fields.__stack || cpus_of(*attributes))
        return EINVAL;
    defaults = *attributes;
    return 0;
}

}
