// SPDX-License-Identifier: MIT
// Blocked threads of one CPU that have a deadline. Only that CPU touches the list, with upcalls masked.
#pragma once

#include "cpu.hpp"

#include <cstdint>

namespace skl {

void insert_sleeper(Cpu& cpu, Thread& thread, std::uint64_t deadline);
// Whether it is still in the list or not.
void remove_sleeper(Cpu& cpu, Thread& thread);
// Those whose deadline has passed.
void wake_expired(Cpu& cpu, std::uint64_t now);

}
