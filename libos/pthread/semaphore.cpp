// SPDX-License-Identifier: MIT
// Semaphores. Value and number of waiters share eight bytes: after the addition that lets a waiter go, the semaphore may be gone.
#include "pthread.hpp"
#include "wait.hpp"

#include <fcntl.h>
#include <kernel/lock.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

using namespace libos;

namespace {

constexpr uint64_t one_waiter = uint64_t{1} << 32;

unsigned long& both(sem_t& semaphore)
{
    return semaphore.__both;
}

uint32_t value_in(uint64_t words)
{
    return static_cast<uint32_t>(words);
}

int fail(int error)
{
    errno = error;
    return -1;
}

bool take(sem_t& semaphore)
{
    unsigned long now = __atomic_load_n(&both(semaphore), __ATOMIC_RELAXED);
    while (value_in(now) > 0)
        if (__atomic_compare_exchange_n(&both(semaphore), &now, now - 1, true, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            return true;
    return false;
}

// Also where a thread is cancelled.
struct Counted {
    __skl_cleanup cleanup;
    explicit Counted(sem_t& semaphore) : cleanup{end, &semaphore, nullptr}
    {
        __atomic_add_fetch(&both(semaphore), one_waiter, __ATOMIC_SEQ_CST);
        __skl_cleanup_push(&cleanup);
    }
    static void end(void* semaphore) { __atomic_sub_fetch(&both(*static_cast<sem_t*>(semaphore)), one_waiter, __ATOMIC_RELAXED); }
};

// POSIX: a handler ends the wait, whatever SA_RESTART says of others. [man7] signal(7)
int take_until(sem_t& semaphore, uint64_t deadline)
{
    CancellationPoint point;
    if (take(semaphore))
        return 0;
    Counted counted(semaphore);
    int error = 0;
    while (!error && !take(semaphore)) {
        skl_futex_answer answer = wait_on(semaphore.__fields.__value, 0, deadline);
        if (answer == SKL_FUTEX_TIMEOUT)
            error = ETIMEDOUT;
        else if (answer == SKL_FUTEX_INTERRUPTED)
            error = EINTR;
    }
    __skl_cleanup_pop(&counted.cleanup, 1);
    return error ? fail(error) : 0;
}

// Named semaphores of this isle.
struct Named {
    sem_t semaphore;
    char* name; // null: unlinked
    unsigned opened;
    Named* next;
};
Named* named = nullptr; // guarded by names
skl_lock names;

Named* find(const char* name)
{
    for (Named* entry = named; entry; entry = entry->next)
        if (entry->name && strcmp(entry->name, name) == 0)
            return entry;
    return nullptr;
}

void forget(Named* entry)
{
    Named** link = &named;
    while (*link != entry)
        link = &(*link)->next;
    *link = entry->next;
}

Named* new_entry(const char* name, unsigned value)
{
    auto* entry = static_cast<Named*>(calloc(1, sizeof(Named)));
    if (!entry)
        return nullptr;
    entry->name = strdup(name);
    entry->semaphore.__fields.__value = value;
    if (!entry->name) {
        free(entry);
        return nullptr;
    }
    return entry;
}

}

extern "C" {

int sem_init(sem_t* semaphore, int shared, unsigned value)
{
    if (value > SEM_VALUE_MAX)
        return fail(EINVAL);
    if (shared)
        return fail(ENOSYS);
    *semaphore = {};
    semaphore->__fields.__value = value;
    return 0;
}

int sem_destroy(sem_t*)
{
    return 0;
}

int sem_post(sem_t* semaphore)
{
    const uint32_t* word = &semaphore->__fields.__value;
    unsigned long before = __atomic_load_n(&both(*semaphore), __ATOMIC_RELAXED);
    do {
        if (value_in(before) == SEM_VALUE_MAX)
            return fail(EOVERFLOW);
    } while (!__atomic_compare_exchange_n(&both(*semaphore), &before, before + 1, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (before >= one_waiter)
        skl_futex_wake(word, 1);
    return 0;
}

int sem_trywait(sem_t* semaphore)
{
    return take(*semaphore) ? 0 : fail(EAGAIN);
}

int sem_wait(sem_t* semaphore)
{
    return take_until(*semaphore, no_deadline);
}

int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* time)
{
    if (take(*semaphore))
        return 0;
    uint64_t deadline;
    int error = deadline_on(clock, *time, deadline);
    return error ? fail(error) : take_until(*semaphore, deadline);
}

int sem_timedwait(sem_t* semaphore, const timespec* time)
{
    return sem_clockwait(semaphore, CLOCK_REALTIME, time);
}

int sem_getvalue(sem_t* semaphore, int* value)
{
    *value = static_cast<int>(load(semaphore->__fields.__value));
    return 0;
}

sem_t* sem_open(const char* name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    if (flags & O_CREAT)
        (void)va_arg(arguments, mode_t);
    unsigned value = flags & O_CREAT ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    Named* fresh = flags & O_CREAT ? new_entry(name, value) : nullptr; // before the lock: it allocates
    int was_masked = skl_lock_take(&names);
    Named* entry = find(name);
    int error = entry && (flags & O_CREAT) && (flags & O_EXCL) ? EEXIST : !entry && !(flags & O_CREAT) ? ENOENT : !entry && !fresh ? ENOMEM : 0;
    if (!error && !entry) {
        entry = fresh;
        entry->next = named;
        named = entry;
        fresh = nullptr;
    }
    if (!error)
        entry->opened++;
    skl_lock_give(&names, was_masked);
    if (fresh) {
        free(fresh->name);
        free(fresh);
    }
    if (error) {
        errno = error;
        return SEM_FAILED;
    }
    return &entry->semaphore;
}

int sem_close(sem_t* semaphore)
{
    auto* entry = reinterpret_cast<Named*>(semaphore);
    int was_masked = skl_lock_take(&names);
    bool last = --entry->opened == 0 && !entry->name;
    if (last)
        forget(entry);
    skl_lock_give(&names, was_masked);
    if (last)
        free(entry);
    return 0;
}

int sem_unlink(const char* name)
{
    int was_masked = skl_lock_take(&names);
    Named* entry = find(name);
    char* old = entry ? entry->name : nullptr;
    if (entry)
        entry->name = nullptr;
    bool last = entry && entry->opened == 0;
    if (last)
        forget(entry);
    skl_lock_give(&names, was_masked);
    free(old);
    if (last)
        free(entry);
    return entry ? 0 : fail(ENOENT);
}

}
