// SPDX-License-Identifier: MIT
// Bringing a CPU of the enclave into the library kernel.
#pragma once

#include <cstdint>

namespace skl {

// The CPU runs threads, or begins to now. False: no memory for its stacks, or the monitor refuses. Upcalls let in.
bool start_cpu(std::uint32_t cpu);

}
