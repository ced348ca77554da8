// SPDX-License-Identifier: MIT
// What the library kernel asks of the machine: a process of the build machine, whose tests play monitor and proxy.
#pragma once

#include <skellig/public.h>

#include <cstdint>

extern "C" std::int64_t skl_monitor_call(std::uint64_t number, std::uint64_t a0 = 0, std::uint64_t a1 = 0, std::uint64_t a2 = 0,
                                         std::uint64_t a3 = 0, std::uint64_t a4 = 0);

namespace skl::machine {

// What a test sets up before it calls into the kernel.
struct Host {
    virtual ~Host() = default;
    virtual std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) = 0;

    void* public_area = nullptr;
};
extern Host* host;
extern thread_local skl_percpu* this_percpu;
extern thread_local void* this_thread_pointer;

inline std::uint64_t public_base()
{
    return reinterpret_cast<std::uint64_t>(host->public_area);
}

inline void pause()
{
    __builtin_ia32_pause();
}

inline std::uint64_t ticks()
{
    return __builtin_ia32_rdtsc();
}

inline skl_percpu& percpu()
{
    return *this_percpu;
}

inline void set_thread_pointer(void* thread)
{
    this_thread_pointer = thread;
}

inline bool has_thread()
{
    return this_thread_pointer != nullptr;
}

inline void* thread_pointer()
{
    return this_thread_pointer;
}

}
