// SPDX-License-Identifier: MIT
// A thread of the isle: what its thread pointer (FS base) points to, above its TLS block (variant II).
#pragma once

#include "machine.hpp"

#include <kernel/thread.h>

#include <skellig/abi.h>
#include <skellig/ring.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace skl {

// Why a blocked thread goes on.
enum class Wake : std::uint32_t { event, timeout, interrupt };

enum class Activity : std::uint32_t {
    running, // or waiting in a run queue for its turn
    blocked, // whoever changes this to running has woken it
};

// What its last CPU does with it once its registers are saved.
enum class Fate : std::uint32_t { stays, moves, ends };

// Whether anybody will come for what is left of an ended thread.
enum Remains : std::uint32_t { joinable, detached, gone };

// CPUs of the enclave. Written whole by whoever sets an affinity; a reader may see a mixture of two.
struct CpuMask {
    static constexpr std::size_t words = SKL_MAX_CPUS / 64;
    std::atomic<std::uint64_t> word[words];

    bool has(std::uint32_t cpu) const { return word[cpu / 64].load(std::memory_order_relaxed) >> cpu % 64 & 1; }
};

struct Thread {
    Thread* self;               // %fs:0 holds the thread pointer itself. [elf/tls] 3.4.6
    std::uint64_t reserved[4];
    std::uint64_t stack_guard;  // %fs:40: where objects built with a stack protector look
    std::uint32_t id;           // also the number of its slot: one forwarded call at a time
    std::atomic<std::uint32_t> cpu; // whose queue it belongs to; changed by itself alone
    skl_stack stack;

    machine::Context context;   // while it does not run
    std::atomic<Activity> activity{Activity::running};
    std::atomic<bool> interrupted{false}; // a signal came while it was not blocked
    Wake reason;                // written by the waker before it makes the thread ready
    Fate fate;                  // own CPU only
    Thread* next;               // in the run queue of `cpu`

    std::uint64_t deadline;     // TSC, 0: none; own CPU only, like the two below
    Thread* next_sleeper;
    Thread* next_caller;        // waiting for the answer to a forwarded call

    std::atomic<std::uint64_t> ran; // ticks, up to the last time it stopped running
    CpuMask cpus;               // affinity
    std::atomic<std::uint32_t> wanted_cpu; // where it shall run: it moves there at the next occasion
    std::atomic<std::uint32_t> remains{joinable}; // Remains; a futex word
    std::uint64_t memory, memory_size; // to give back in the end; 0: the stack is the caller's own

    void (*function)(void*);
    void* argument;
};
static_assert(offsetof(Thread, self) == 0 && offsetof(Thread, stack_guard) == 40 && offsetof(Thread, id) == SKL_THREAD_ID);

inline Thread& this_thread()
{
    return *static_cast<Thread*>(machine::thread_pointer());
}

}
