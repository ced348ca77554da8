// SPDX-License-Identifier: MIT
// The heap: one range that grows upwards in place, as sbrk() wants it.
#pragma once

#include "page_pool.hpp"

namespace skl {

// Not locked: its owner does.
class Heap {
public:
    // It grows from base as far as the pages above stay free.
    void open(std::uint64_t base);

    // Moves its end; new memory reads as zero. The end before, or nothing.
    std::optional<std::uint64_t> move(PagePool& pages, std::int64_t bytes);

    PageRanges::Extent pages() const { return {base_, reserved_}; }

private:
    bool grow_to(PagePool& pages, std::uint64_t end);
    void shrink_to(PagePool& pages, std::uint64_t end);

    std::uint64_t base_ = 0;
    std::uint64_t end_ = 0;      // what the program sees
    std::uint64_t reserved_ = 0; // end of the pages taken, page aligned
};

}
