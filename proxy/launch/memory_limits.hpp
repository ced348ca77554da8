// SPDX-License-Identifier: MIT
// Is there room for this much memory? Asked before a virtual machine is started, so that it does not die half way.
#pragma once

#include <cstdint>
#include <string>

namespace skl {

// Guest memory, and what QEMU takes for itself. Throws Failure (125) naming the limit: free memory or a control group. `root`: where
// /proc and /sys are.
void check_memory_limits(std::uint64_t guest, const std::string& root = {});

}
