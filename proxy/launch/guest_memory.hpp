// SPDX-License-Identifier: MIT
// The memory of a virtual machine: a file without a name.
#pragma once

#include "base/descriptor.hpp"

#include <cstdint>

namespace skl {

struct GuestMemory {
    Descriptor file;
    bool huge; // in 2 MiB pages that the administrator has reserved
};

// `size` is a multiple of 2 MiB. Throws Failure if limits forbid it.
GuestMemory make_guest_memory(std::uint64_t size);

}
