// SPDX-License-Identifier: MIT
// The end of an isle: one record, everybody told, CPUs waiting for PARK.
#pragma once

#include <cstdint>

#include "cpu.h"

namespace skl {

struct Ending {
    std::uint32_t kind; // SKL_RECORD_*
    std::int32_t status;
};

// Ends the isle if nobody has yet, with these registers in its record; then as die().
[[noreturn]] void end_isle(Cpu& cpu, const Registers& at, const Ending& ending);
// This CPU's share of an end that is already recorded.
[[noreturn]] void die(Cpu& cpu);

// PARK of an isle that still lived: the record tells where ring 3 was.
void record_stopped(Cpu& cpu);
void record_refused(std::uint64_t launch_pa, std::uint64_t index, std::uint32_t field);

} // namespace skl
