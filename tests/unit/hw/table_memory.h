// SPDX-License-Identifier: MIT
// Frames for page-table tests: an array of zeros that starts at some physical address.
#pragma once

#include <cstdint>
#include <vector>

#include "hw/x86/page_entry.h"

class TableMemoryInArray {
public:
    explicit TableMemoryInArray(std::size_t frames) : frames_(frames * 512) {}

    skl::x86::Entry* table(std::uint64_t pa) { return &frames_.at((pa - first()) / 8); }
    std::uint64_t allocate()
    {
        if (used_ == frames_.size() / 512)
            return 0;
        return first() + 4096 * used_++;
    }
    static constexpr std::uint64_t first() { return 0x7000000; }
    std::size_t used() const { return used_; }

private:
    std::vector<skl::x86::Entry> frames_;
    std::size_t used_ = 0;
};
