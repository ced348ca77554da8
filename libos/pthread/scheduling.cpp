// SPDX-License-Identifier: MIT
// Scheduling as POSIX and Linux ask about it: one policy, and CPUs that threads are bound to.
#include "pthread.hpp"

#include <errno.h>
#include <kernel/process.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr size_t mask_bytes = SKL_CPU_WORDS * sizeof(uint64_t);

int fail(int error)
{
    errno = error;
    return -1;
}

// Bits beyond those that we know stay 0.
int set_cpus(skl_thread* thread, size_t size, const cpu_set_t* set)
{
    uint64_t mask[SKL_CPU_WORDS]{};
    memcpy(mask, set, size < mask_bytes ? size : mask_bytes);
    return skl_thread_set_cpus(thread, mask) < 0 ? EINVAL : 0;
}

int get_cpus(const skl_thread* thread, size_t size, cpu_set_t* set)
{
    uint64_t mask[SKL_CPU_WORDS];
    if (size * 8 < skl_cpu_count())
        return EINVAL;
    skl_thread_get_cpus(thread, mask);
    memset(set, 0, size);
    memcpy(set, mask, size < mask_bytes ? size : mask_bytes);
    return 0;
}

bool only_policy(int policy)
{
    return policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

int check(int policy, const sched_param* parameters)
{
    if (only_policy(policy))
        return parameters->sched_priority == 0 ? 0 : EINVAL;
    return policy == SCHED_FIFO || policy == SCHED_RR ? EPERM : EINVAL;
}

// The calling thread's or the process's; others cannot be named by number.
bool known(pid_t id)
{
    return id == 0 || id == getpid() || id == gettid();
}

}

extern "C" {

int sched_yield()
{
    skl_thread_yield();
    return 0;
}

int sched_getcpu()
{
    return static_cast<int>(skl_thread_cpu());
}

int sched_get_priority_max(int policy)
{
    if (only_policy(policy))
        return 0;
    return policy == SCHED_FIFO || policy == SCHED_RR ? 99 : fail(EINVAL);
}

int sched_get_priority_min(int policy)
{
    if (only_policy(policy))
        return 0;
    return policy == SCHED_FIFO || policy == SCHED_RR ? 1 : fail(EINVAL);
}

int sched_getscheduler(pid_t id)
{
    return known(id) ? SCHED_OTHER : fail(ESRCH);
}

int sched_setscheduler(pid_t id, int policy, const sched_param* parameters)
{
    int error = known(id) ? check(policy, parameters) : ESRCH;
    return error ? fail(error) : SCHED_OTHER;
}

int sched_getparam(pid_t id, sched_param* parameters)
{
    if (!known(id))
        return fail(ESRCH);
    *parameters = {};
    return 0;
}

int sched_setparam(pid_t id, const sched_param* parameters)
{
    int error = known(id) ? check(SCHED_OTHER, parameters) : ESRCH;
    return error ? fail(error) : 0;
}

int sched_rr_get_interval(pid_t id, timespec* interval)
{
    if (!known(id))
        return fail(ESRCH);
    *interval = {0, 5'000'000}; // a thread's turn while others wait for its CPU
    return 0;
}

int sched_setaffinity(pid_t id, size_t size, const cpu_set_t* set)
{
    int error = known(id) ? set_cpus(current().thread, size, set) : ESRCH;
    return error ? fail(error) : 0;
}

int sched_getaffinity(pid_t id, size_t size, cpu_set_t* set)
{
    int error = known(id) ? get_cpus(current().thread, size, set) : ESRCH;
    return error ? fail(error) : 0;
}

int pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t* set)
{
    return set_cpus(thread_of(thread).thread, size, set);
}

int pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t* set)
{
    return get_cpus(thread_of(thread).thread, size, set);
}

int pthread_setschedparam(pthread_t, int policy, const sched_param* parameters)
{
    return check(policy, parameters);
}

int pthread_getschedparam(pthread_t, int* policy, sched_param* parameters)
{
    *policy = SCHED_OTHER;
    *parameters = {};
    return 0;
}

int pthread_setschedprio(pthread_t, int priority)
{
    return priority == 0 ? 0 : EINVAL;
}

int __skl_cpu_count(size_t size, const cpu_set_t* set)
{
    int count = 0;
    for (size_t i = 0; i < size / sizeof(__cpu_mask); i++)
        count += __builtin_popcountl(set->__bits[i]);
    return count;
}

cpu_set_t* __skl_cpu_alloc(size_t count)
{
    return static_cast<cpu_set_t*>(calloc(1, CPU_ALLOC_SIZE(count)));
}

void __skl_cpu_free(cpu_set_t* set)
{
    free(set);
}

}
