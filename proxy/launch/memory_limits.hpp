// SPDX-License-Identifier: MIT
// Is there room for this much memory? Asked before a virtual machine is started, so that it does not die half way.
#pragma once

#include <cstdint>

namespace skl {

// Throws Failure (125) naming the limit: free memory, control group or RLIMIT_AS.
void check_memory_limits(std::uint64_t bytes);

}
