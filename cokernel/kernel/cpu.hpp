// SPDX-License-Identifier: MIT
// The library kernel's own state of one CPU, beside the page it shares with the monitor.
#pragma once

#include "machine.hpp"
#include "thread/run_queue.hpp"
#include "thread/thread.hpp"

#include <skellig/abi.h>

#include <atomic>

namespace skl {

struct alignas(128) Cpu {
    RunQueue ready;
    std::atomic<bool> kick_me{false};  // whoever makes a thread ready here must kick: asleep, or running with no timer set
    alignas(64) Thread* current = nullptr; // the rest is this CPU's own, used with upcalls masked
    Thread* sleepers = nullptr;        // with a deadline, the earliest first
    Thread* callers = nullptr;         // waiting for the answer to a forwarded call
    Thread* left = nullptr;            // has just stopped running here, to be dealt with by whoever runs now
    std::uint64_t timer = 0;           // TSC value that the monitor's timer is set to, 0: none
    std::uint64_t turn_ends = 0;       // TSC value: the running thread may be preempted then
    std::uint64_t spin = 0;            // ticks to look for work before sleeping
    bool preempt = false;              // the running thread's turn is over
    std::atomic<std::uint64_t> since{0};  // when the running thread went on; 0: idle
    std::atomic<std::uint64_t> busy{0};   // ticks in which threads ran, up to `since`
    std::uint64_t empty_looks = 0;     // at a slot that had no answer yet
    std::uint64_t exception_stack = 0; // lowest address
    std::uint64_t upcall_stack[8]{};   // the entry code uses scratch words; the monitor wants a valid stack all the same
    std::atomic<bool> started{false};  // with an idle thread: CPU 0 gets one when there is to be a second thread
    Thread idle{};                     // what runs when no thread can lend its stack to wait on; has no TLS
};

extern Cpu cpus[SKL_MAX_CPUS];

inline Cpu& this_cpu()
{
    return cpus[machine::percpu().cpu];
}

}
