// SPDX-License-Identifier: MIT
// The isle's address ranges in the proxy: kept free for it before the first thread, filled by mappings at the same addresses.
#pragma once

#include <cstdint>

namespace skl {

// Reserves every window with MAP_FIXED_NOREPLACE. False if something sits in one of them.
bool reserve_windows();

// Maps `size` bytes of `descriptor` at `address`, which lies in a reserved window. Throws Failure (125).
void map_window(std::uint64_t address, std::uint64_t size, int descriptor, std::uint64_t offset);

// Gives a mapped part of a window back to its reservation.
void unmap_window(std::uint64_t address, std::uint64_t size);

}
