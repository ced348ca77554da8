// SPDX-License-Identifier: MIT
// Sleepers stand in the bucket that their word's address hashes to; a sleeper's entry lies on its own stack.
#include "clock/clock.hpp"
#include "sync/spinlock.hpp"
#include "thread/scheduler.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/futex.h>

namespace skl {
namespace {

struct Waiter {
    const std::uint32_t* word;
    Thread* thread;
    Waiter* next = nullptr;
    Waiter* previous = nullptr;
    bool queued = false;
};

struct alignas(64) Bucket {
    Spinlock lock;
    Waiter* first = nullptr; // guarded by lock, like all entries
    Waiter* last = nullptr;

    void append(Waiter& waiter)
    {
        waiter.previous = last;
        (last ? last->next : first) = &waiter;
        last = &waiter;
        waiter.queued = true;
    }

    void remove(Waiter& waiter)
    {
        (waiter.previous ? waiter.previous->next : first) = waiter.next;
        (waiter.next ? waiter.next->previous : last) = waiter.previous;
        waiter.queued = false;
    }
};

constexpr std::size_t bucket_count = 256;
constinit Bucket buckets[bucket_count];

Bucket& bucket_of(const std::uint32_t* word)
{
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15; // spreads neighbouring words. Knuth, TAOCP 3, 6.4
    return buckets[reinterpret_cast<std::uint64_t>(word) * golden >> 56];
}

// Waits in the bucket already, or has seen another value.
bool enter(Bucket& bucket, Waiter& waiter, std::uint32_t expected)
{
    bucket.lock.lock();
    bool same = __atomic_load_n(waiter.word, __ATOMIC_SEQ_CST) == expected;
    if (same) {
        bucket.append(waiter);
        about_to_block(*waiter.thread); // before the lock is free: who finds us can wake us
    }
    bucket.lock.unlock();
    return same;
}

void leave(Bucket& bucket, Waiter& waiter)
{
    bucket.lock.lock();
    if (waiter.queued)
        bucket.remove(waiter);
    bucket.lock.unlock();
}

}

}

using namespace skl;

extern "C" enum skl_futex_answer skl_futex_wait(const std::uint32_t* word, std::uint32_t expected, std::uint64_t deadline)
{
    std::uint64_t until = deadline_ticks(deadline);
    UpcallsMasked masked;
    Bucket& bucket = bucket_of(word);
    Thread& self = this_thread();
    Waiter waiter{word, &self};
    if (!enter(bucket, waiter, expected))
        return SKL_FUTEX_CHANGED;
    Wake reason = block(self, until, Signals::interrupt);
    leave(bucket, waiter);
    settle();
    switch (reason) {
    case Wake::timeout:
        return SKL_FUTEX_TIMEOUT;
    case Wake::interrupt:
        return SKL_FUTEX_INTERRUPTED;
    default:
        return SKL_FUTEX_WOKEN;
    }
}

// A waiter whose time is up, or who has a signal to handle, may still stand there: it does not count. Those woken are made ready once
// the lock is free, since that may take a monitor call.
extern "C" std::uint32_t skl_futex_wake(const std::uint32_t* word, std::uint32_t count)
{
    UpcallsMasked masked;
    Bucket& bucket = bucket_of(word);
    Thread* woken = nullptr;
    Thread** end = &woken;
    std::uint32_t number = 0;
    bucket.lock.lock();
    for (Waiter* waiter = bucket.first; waiter && number < count;) {
        Waiter* next = waiter->next;
        if (waiter->word == word) {
            bucket.remove(*waiter);
            if (claim(*waiter->thread, Wake::event)) {
                *end = waiter->thread;
                end = &waiter->thread->next;
                *end = nullptr;
                number++;
            }
        }
        waiter = next;
    }
    bucket.lock.unlock();
    while (woken) {
        Thread* next = woken->next;
        make_ready(*woken);
        woken = next;
    }
    return number;
}
