// SPDX-License-Identifier: MIT
// What the library kernel asks of the machine: a process of the build machine, whose tests play monitor and proxy.
#pragma once

#include <skellig/public.h>

#include <cstdint>
#include <elf.h>
#include <sched.h>

extern "C" std::int64_t skl_monitor_call(std::uint64_t number, std::uint64_t a0 = 0, std::uint64_t a1 = 0, std::uint64_t a2 = 0,
                                         std::uint64_t a3 = 0, std::uint64_t a4 = 0);

namespace skl::machine {

// What a test sets up before it calls into the kernel.
struct Host {
    virtual ~Host() = default;
    virtual std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) = 0;
    virtual void between_looks() {} // a loop of the kernel waits for somebody: an interrupt may come

    void* public_area = nullptr;
};
extern Host* host;
extern thread_local skl_percpu* this_percpu;
extern thread_local void* this_thread_pointer;

inline std::uint64_t public_base()
{
    return reinterpret_cast<std::uint64_t>(host->public_area);
}

// CPUs of the isle may outnumber those of the build machine: who looks gives way to whom it waits for.
inline void pause()
{
    ::sched_yield();
    if (host)
        host->between_looks();
}

inline std::uint64_t ticks()
{
    return __builtin_ia32_rdtsc();
}

// A thread of the isle may have another host thread behind it after any switch: no compiler may remember where thread_local things are.
[[gnu::noinline]] inline skl_percpu& percpu()
{
    asm volatile("");
    return *this_percpu;
}

inline bool masked()
{
    return __atomic_load_n(&percpu().masked, __ATOMIC_RELAXED) != 0;
}

// Other threads of this CPU and the monitor see this word; both run on this CPU, so order in the program is enough.
inline void set_masked(std::uint32_t value)
{
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    __atomic_store_n(&percpu().masked, value, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

inline bool events_pending()
{
    return __atomic_load_n(&percpu().pending, __ATOMIC_RELAXED) != 0;
}

[[gnu::noinline]] inline void set_thread_pointer(void* thread)
{
    asm volatile("");
    this_thread_pointer = thread;
}

[[gnu::noinline]] inline void* thread_pointer()
{
    asm volatile("");
    return this_thread_pointer;
}

inline bool has_thread()
{
    return thread_pointer() != nullptr;
}

// Threads of a test have no thread-local storage but their host thread's.
inline const Elf64_Ehdr& image()
{
    static const Elf64_Ehdr none{};
    return none;
}

// What goes on where a thread stopped running; null: nowhere yet.
struct Fiber;
using Context = Fiber*;

void switch_context(Context& left, const Context& entered);
Context new_context(std::uint64_t stack, std::uint64_t size, void (*function)());

}
