// SPDX-License-Identifier: MIT
// The proxy's own descriptors: moved to the top of the table, so that the isle gets the numbers a Linux process would, and refused
// (-EBADF) in forwarded calls.
#pragma once

#include "base/descriptor.hpp"

namespace skl {

// Moves the descriptor (close-on-exec) and remembers its number. Before the isle starts.
Descriptor make_private(Descriptor descriptor);

bool private_descriptor(int number);

}
