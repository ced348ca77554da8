// SPDX-License-Identifier: MIT
// What Linux's own file says.
#pragma once

#include "own_files/text.hpp"

namespace libos {

// False, with errno set: it cannot be read. `most` bytes at most.
bool read_linux(const char* path, Text& text, size_t most);

}
