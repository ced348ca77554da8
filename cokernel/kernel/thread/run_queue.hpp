// SPDX-License-Identifier: MIT
// Threads that are ready to run on one CPU, first come, first served. Any CPU may add to it.
#pragma once

#include "sync/spinlock.hpp"
#include "thread/thread.hpp"

#include <atomic>

namespace skl {

class RunQueue {
public:
    // All while upcalls are masked.
    void push(Thread& thread)
    {
        lock_.lock();
        thread.next = nullptr;
        (last_ ? last_->next : first_) = &thread;
        last_ = &thread;
        length_.store(length_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        lock_.unlock();
    }

    Thread* pop()
    {
        if (empty())
            return nullptr;
        lock_.lock();
        Thread* thread = first_;
        if (thread) {
            first_ = thread->next;
            if (!first_)
                last_ = nullptr;
            length_.store(length_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
        }
        lock_.unlock();
        return thread;
    }

    // push(), then pop(), at once: the first in line, which is the thread itself if nobody waits.
    Thread& exchange(Thread& thread)
    {
        lock_.lock();
        thread.next = nullptr;
        (last_ ? last_->next : first_) = &thread;
        last_ = &thread;
        Thread* first = first_;
        first_ = first->next;
        if (!first_)
            last_ = nullptr;
        lock_.unlock();
        return *first;
    }

    // A hint, unless a fence stands between whoever pushes and whoever asks.
    bool empty() const { return length_.load(std::memory_order_relaxed) == 0; }

private:
    Spinlock lock_;
    Thread* first_ = nullptr; // guarded by lock_
    Thread* last_ = nullptr;  // guarded by lock_
    std::atomic<std::uint32_t> length_{0};
};

}
