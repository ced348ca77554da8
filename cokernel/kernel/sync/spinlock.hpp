// SPDX-License-Identifier: MIT
// A lock for a few instructions, taken with upcalls masked so that an upcall of the same CPU cannot want it too.
#pragma once

#include "machine.hpp"
#include "upcall/upcalls.hpp"

#include <atomic>

namespace skl {

class Spinlock {
public:
    void lock()
    {
        while (taken_.exchange(true, std::memory_order_acquire)) { // partner: unlock
            while (taken_.load(std::memory_order_relaxed))
                machine::pause();
        }
    }
    void unlock() { taken_.store(false, std::memory_order_release); }

private:
    std::atomic<bool> taken_{false};
};

class Guard {
public:
    explicit Guard(Spinlock& lock) : lock_(lock) { lock_.lock(); }
    ~Guard() { lock_.unlock(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

private:
    UpcallsMasked masked_; // before the lock is taken, until after it is free
    Spinlock& lock_;
};

}
