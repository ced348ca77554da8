// SPDX-License-Identifier: MIT
// One forwarded call from submission to answer, on the slot of the calling thread.
#pragma once

#include <cstdint>

namespace skl {

// The core of skl_forward, for a thread that is not the calling one's own structure: tests, and the panic path.
std::int64_t forward_on_slot(std::uint32_t slot, std::uint32_t number, const std::uint64_t argument[6]);

}
