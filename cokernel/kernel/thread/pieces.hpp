// SPDX-License-Identifier: MIT
// The memory that threads are made of. Some of it is kept for the next thread, with its guard in place.
#pragma once

#include <skellig/call.h>

#include <cstdint>

namespace skl {

struct Piece {
    std::uint64_t base = 0, size = 0;
    std::uint64_t guard = 0; // bytes from base on that nobody may touch; the rest has the rights of a stack
};

constexpr std::uint32_t usual_rights = SKL_RIGHT_READ | SKL_RIGHT_WRITE; // of memory as it is given out

// Of stacks: the image says whether code may stand there, as gcc's nested functions and Fortran's internal procedures want it when their
// address is taken. [gcc/12] "Nested Functions"
std::uint32_t stack_rights();

// Fills in the base of a piece of this size and guard, whole pages both. False: no memory. Not zeroed: it may have been a thread's.
bool take_piece(Piece& piece);
void give_back_piece(const Piece& piece);

}
