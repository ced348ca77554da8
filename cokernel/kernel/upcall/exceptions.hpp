// SPDX-License-Identifier: MIT
// Exception upcalls of the running CPU: its own stack for them, and which of them libos gets to see.
#pragma once

#include <cstdint>

namespace skl {

// Where upcall/exception_entry.S starts, and how much it may need there: registers, vector state, and the C++ that decides.
constexpr std::uint64_t exception_stack_size = 64 << 10;

struct Cpu;

// Gives the CPU a stack for exceptions, once. False: no memory.
bool make_exception_stack(Cpu& cpu);
std::uint64_t exception_stack_top();

}
