// SPDX-License-Identifier: MIT
// What the library kernel asks of the machine: the real one, ring 3 above the monitor. arch_host/machine.hpp is its twin for tests.
#pragma once

#include <skellig/public.h>

#include <cstdint>

// start/monitor_call.S: a C call that becomes a monitor call (call.h).
extern "C" std::int64_t skl_monitor_call(std::uint64_t number, std::uint64_t a0 = 0, std::uint64_t a1 = 0, std::uint64_t a2 = 0,
                                         std::uint64_t a3 = 0, std::uint64_t a4 = 0);

namespace skl::machine {

inline std::uint64_t public_base()
{
    return SKL_PUBLIC_BASE;
}

inline void pause()
{
    __builtin_ia32_pause();
}

// Not reordered with earlier loads, so that time never seems to run backwards across a read of the clock page.
inline std::uint64_t ticks()
{
    std::uint32_t low, high;
    asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return std::uint64_t{high} << 32 | low;
}

inline skl_percpu& percpu()
{
    skl_percpu* page;
    asm volatile("movq %%gs:%c1, %0" : "=r"(page) : "i"(__builtin_offsetof(skl_percpu, self)));
    return *page;
}

inline void set_thread_pointer(void* thread)
{
    asm volatile("wrfsbase %0" : : "r"(thread) : "memory");
}

// False only before the main thread exists.
inline bool has_thread()
{
    std::uint64_t base;
    asm volatile("rdfsbase %0" : "=r"(base));
    return base != 0;
}

inline void* thread_pointer()
{
    void* thread;
    asm("movq %%fs:0, %0" : "=r"(thread));
    return thread;
}

}
