// SPDX-License-Identifier: MIT
// What the library kernel asks of the machine: the real one, ring 3 above the monitor. arch_host/machine.hpp is its twin for tests.
#pragma once

#include <skellig/public.h>

#include <cstdint>
#include <elf.h>

extern "C" const Elf64_Ehdr __ehdr_start; // the linker's

// thread/switch.S
extern "C" void skl_switch(std::uint64_t* left, std::uint64_t entered);
extern "C" void skl_switch_begin();

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

// Upcalls of this CPU held off or not; each in one instruction, since an upcall may be the end of this thread's time on this CPU.
inline bool masked()
{
    std::uint32_t value;
    asm volatile("movl %%gs:%c1, %0" : "=r"(value) : "i"(__builtin_offsetof(skl_percpu, masked)) : "memory");
    return value != 0;
}

inline void set_masked(std::uint32_t value)
{
    asm volatile("movl %0, %%gs:%c1" : : "r"(value), "i"(__builtin_offsetof(skl_percpu, masked)) : "memory");
}

inline bool events_pending()
{
    std::uint64_t value;
    asm volatile("movq %%gs:%c1, %0" : "=r"(value) : "i"(__builtin_offsetof(skl_percpu, pending)) : "memory");
    return value != 0;
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

// Not to be remembered across a call: a thread may have another CPU behind it, but never another thread pointer.
inline void* thread_pointer()
{
    void* thread;
    asm("movq %%fs:0, %0" : "=r"(thread));
    return thread;
}

// The image that TLS templates are taken from.
inline const Elf64_Ehdr& image()
{
    return __ehdr_start;
}

// What goes on where a thread stopped running: its stack pointer.
using Context = std::uint64_t;

inline void switch_context(Context& left, const Context& entered)
{
    skl_switch(&left, entered);
}

// Begins at `function`, which never returns, with an empty stack. The words are those that skl_switch takes off it.
inline Context new_context(std::uint64_t stack, std::uint64_t size, void (*function)())
{
    struct Frame {
        std::uint32_t mxcsr;
        std::uint16_t x87, unused;
        std::uint64_t r15, r14, r13, r12, rbx, rbp, rip;
        std::uint64_t aligned[2]; // [abi/x86-64] 3.2.2: a multiple of 16 before the call
    };
    auto* frame = reinterpret_cast<Frame*>((stack + size) & ~std::uint64_t{15}) - 1;
    *frame = {0x1f80, 0x37f, 0, 0, 0, 0, 0, reinterpret_cast<std::uint64_t>(function), 0,
              reinterpret_cast<std::uint64_t>(&skl_switch_begin), {}};
    return reinterpret_cast<Context>(frame);
}

}
