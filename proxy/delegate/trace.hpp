// SPDX-License-Identifier: MIT
// A line per forwarded call in the manner of strace, for HERMIT_VERBOSE=trace.
#pragma once

#include "delegate/call.hpp"

#include <skellig/ring.h>

#include <cstdint>
#include <string>

namespace skl {

// `call` is null for a number without a row.
std::string trace_line(const Call* call, const skl_slot& request, std::uint32_t cpu, std::int64_t result);

}
