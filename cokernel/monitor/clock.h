// SPDX-License-Identifier: MIT
// Waiting for a while, by the TSC.
#pragma once

#include <cstdint>

#include "../arch/x86_64/instructions.h"

namespace skl {

inline void delay(std::uint64_t tsc_khz, std::uint64_t microseconds)
{
    std::uint64_t end = cpu::read_tsc() + tsc_khz * microseconds / 1000;
    while (cpu::read_tsc() < end)
        cpu::pause();
}

} // namespace skl
