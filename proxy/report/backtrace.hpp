// SPDX-License-Identifier: MIT
// Frames of a dead isle: unwound by the program's call-frame information over the isle's memory, which is here at its own addresses.
#pragma once

#include "delegate/ranges.hpp"

#include <skellig/record.h>

#include <cstdint>
#include <string>
#include <vector>

namespace skl {

struct Frame {
    std::uint64_t address;
    std::string function; // may be empty
    std::uint64_t offset; // in the function
    std::string source;   // "file:line", may be empty
};

std::vector<Frame> backtrace(const skl_record& record, const std::string& program, const Ranges& ranges);

}
