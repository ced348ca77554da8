// SPDX-License-Identifier: MIT
// CPUs as Linux writes of them.
#pragma once

#include "own_files/text.hpp"

#include <stdint.h>

namespace libos {

// Bit n of word m is CPU 64 * m + n; `count` CPUs there are.
struct CpuSet {
    const uint64_t* words;
    uint32_t count;

    bool has(uint32_t cpu) const { return cpu < count && (words[cpu / 64] >> cpu % 64 & 1); }
};

// 0-3,5. [man7] cpuset(7), "List format"
void write_list(Text& text, const CpuSet& set);
// ff,ffffffff: as many bits as there are CPUs. "Mask format"
void write_mask(Text& text, const CpuSet& set);

// Linux's /proc/cpuinfo, of which the first block is told again for each of `count` CPUs: every CPU a core, all of one package.
void write_cpuinfo(Text& text, const char* linux_text, size_t size, uint32_t count);

}
