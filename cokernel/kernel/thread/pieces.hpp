// SPDX-License-Identifier: MIT
// The memory that threads are made of. Some of it is kept for the next thread, with its guard in place.
#pragma once

#include <cstdint>

namespace skl {

struct Piece {
    std::uint64_t base = 0, size = 0;
    std::uint64_t guard = 0; // bytes from base on that nobody may touch; the rest has the rights of a stack
};

// Gives what has just been allocated the rights of a stack and its guard. False: the monitor refused.
bool protect_piece(const Piece& piece);

// Fills in the base of a piece of this size and guard, whole pages both. False: no memory. Not zeroed: it may have been a thread's.
bool take_piece(Piece& piece);
void give_back_piece(const Piece& piece);

}
