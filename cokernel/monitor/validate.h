// SPDX-License-Identifier: MIT
// Whether a launch descriptor may be entered. Pure: compiles hosted.
#pragma once

#include <cstdint>
#include <skellig/launch.h>

namespace skl {

// What the CPU that was told to enter knows for itself.
struct LaunchContext {
    std::uint64_t control_pa; // where the descriptor lies
    std::uint64_t cpu;        // its index, as the command says
    std::uint64_t block_pa;   // its own CPU block
};

constexpr std::uint32_t launch_valid = 0xffffffff;

// launch_valid, or the offset in struct skl_launch of the first field that is wrong.
std::uint32_t check_launch(const skl_launch& launch, const LaunchContext& context);

} // namespace skl
