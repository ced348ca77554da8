// SPDX-License-Identifier: MIT
// A checked program file: where its segments go, and what the launch descriptor needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace skl {

struct Segment {
    std::uint64_t address;     // as linked
    std::uint64_t memory_size; // bytes; what the file does not fill is zero
    std::uint64_t file_offset;
    std::uint64_t file_size;
    std::uint32_t rights; // SKL_RIGHT_*

    std::uint64_t page_begin() const;
    std::uint64_t page_end() const;
};

struct Image {
    std::uint64_t entry;
    std::vector<Segment> segments; // ascending, apart from each other by page

    std::uint64_t extent_base() const; // 2 MiB aligned
    std::uint64_t extent_size() const; // a multiple of 2 MiB
    std::uint64_t begin() const { return segments.front().page_begin(); }
    std::uint64_t end() const { return segments.back().page_end(); }
};

// Pure: the file's bytes in, the image out. Throws Failure (126) with one cause per rule.
Image check_image(std::span<const std::byte> file, const std::string& name);

}
