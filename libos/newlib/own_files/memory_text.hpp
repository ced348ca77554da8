// SPDX-License-Identifier: MIT
// Memory as Linux writes of it: /proc/meminfo and the same of a NUMA node.
#pragma once

#include "own_files/text.hpp"

#include <stdint.h>

namespace libos {

struct MemoryFigures {
    uint64_t total, free; // bytes
};

void write_meminfo(Text& text, const MemoryFigures& memory);
void write_node_meminfo(Text& text, const MemoryFigures& memory);

}
