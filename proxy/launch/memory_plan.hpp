// SPDX-License-Identifier: MIT
// Where everything lies in a virtual machine's memory: control area, image, own memory. Pure arithmetic. Each part that the proxy maps
// begins at a multiple of 2 MiB, since the memory may consist of such pages.
#pragma once

#include "image/image.hpp"

#include <skellig/launch.h>

#include <cstdint>
#include <vector>

namespace skl {

struct MemoryPlan {
    std::uint64_t ram_size;      // bytes of guest RAM
    std::uint64_t control_size;  // at SKL_QEMU_LAUNCH_PA
    std::uint64_t public_offset; // of the public area in the control area
    std::uint64_t public_size;
    std::vector<skl_extent> extents; // image first, then own memory
};

// `low_limit`: where RAM is interrupted by the device hole; the rest continues at 4 GiB.
MemoryPlan plan_memory(const Image& image, std::uint32_t cpus, std::uint64_t memory, std::uint64_t low_limit);

// Guest RAM is one file; the hole is not in it.
std::uint64_t file_offset(std::uint64_t pa, std::uint64_t low_limit);

}
