// SPDX-License-Identifier: MIT
// Size of the area that an upcall saves vector state in.
#pragma once

#include <cstdint>

namespace skl {

// Once, before the first upcall. False: the monitor has not enabled XSAVE.
bool measure_xsave();
std::uint32_t xsave_size();

}
