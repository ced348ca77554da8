// SPDX-License-Identifier: MIT
// The library kernel's own state of one CPU, beside the page it shares with the monitor.
#pragma once

#include "machine.hpp"

#include <skellig/abi.h>

namespace skl {

struct alignas(128) Cpu {
    std::uint64_t asleep = 0;        // ticks spent in the monitor's wait
    std::uint64_t empty_looks = 0;   // at a slot that had no answer yet
    std::uint64_t exception_stack = 0; // lowest address
    std::uint64_t upcall_stack[8]{}; // the entry code uses scratch words; the monitor wants a valid stack all the same
};

extern Cpu cpus[SKL_MAX_CPUS];

inline Cpu& this_cpu()
{
    return cpus[machine::percpu().cpu];
}

}
