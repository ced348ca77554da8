// SPDX-License-Identifier: MIT
// Writing the control area of a virtual machine, exactly as the module does on metal: launch descriptor, state, call page.
#pragma once

#include "image/image.hpp"
#include "launch/memory_plan.hpp"

#include <skellig/launch.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace skl {

// The segments of an image as the monitor wants them: whole pages.
std::vector<skl_segment> launch_segments(const std::vector<Segment>& segments);

// `control` is the beginning of the control area (up to SKL_CONTROL_TABLES), zero.
void write_control_area(std::span<std::byte> control, const MemoryPlan& plan, std::uint32_t cpus, std::uint64_t entry,
                        const std::vector<skl_segment>& segments, std::uint64_t tsc_khz);

}
