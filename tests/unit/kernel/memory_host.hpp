// SPDX-License-Identifier: MIT
// Own memory of a library kernel under test: pages of this process, whose rights the test's monitor really changes.
#pragma once

#include "machine.hpp"
#include "memory/own_memory.hpp"

#include <skellig/call.h>

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace skl {

struct MemoryHost : machine::Host {
    static constexpr std::uint64_t pages = 64; // without those for marks

    MemoryHost()
    {
        void* area = ::mmap(nullptr, (pages + 1) * page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        base = reinterpret_cast<std::uint64_t>(area);
        machine::host = this;
        enter_thread();
        memory.add(base, base + (pages + 1) * page_size);
        EXPECT_TRUE(memory.open()); // the marks take the last page
    }
    ~MemoryHost() override
    {
        ::munmap(reinterpret_cast<void*>(base), (pages + 1) * page_size);
        machine::host = nullptr;
        machine::this_percpu = nullptr;
    }

    // Each thread is a CPU, which upcalls have not been let in to yet.
    static void enter_thread()
    {
        static thread_local skl_percpu percpu;
        percpu.masked = 1;
        machine::this_percpu = &percpu;
    }

    // As call.h has it: at most so many pages at a time, an error only when nothing was done.
    std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) override
    {
        std::uint64_t size = std::min(argument[1], pages_at_once * page_size);
        if (number != SKL_CALL_PROTECT || argument[0] < base || argument[0] + argument[1] > base + pages * page_size)
            return -14;
        protects++;
        if (no_tables)
            return -12;
        return ::mprotect(reinterpret_cast<void*>(argument[0]), size, static_cast<int>(argument[2])) == 0 ? static_cast<std::int64_t>(size) : -14;
    }

    std::uint64_t at(std::uint64_t page) const { return base + page * page_size; }

    std::uint64_t base;
    OwnMemory memory;
    std::atomic<int> protects = 0;
    bool no_tables = false;
    std::uint64_t pages_at_once = 3;
};

inline void fill(std::uint64_t address, std::uint64_t size, int value)
{
    std::memset(reinterpret_cast<void*>(address), value, size);
}

inline bool all(std::uint64_t address, std::uint64_t size, char value)
{
    auto* bytes = reinterpret_cast<const volatile char*>(address); // the kernel changes them behind the compiler's back
    return std::all_of(bytes, bytes + size, [=](char byte) { return byte == value; });
}

}
