// SPDX-License-Identifier: MIT
// The list operations of PageRanges: first fit from above, coalescing on release.
#include "page_ranges.hpp"

#include <algorithm>

namespace skl {

// Cuts [address, address + size) out of the range that *link points to; up to two pieces of it stay.
void PageRanges::take(Range** link, std::uint64_t address, std::uint64_t size)
{
    Range* range = *link;
    Range* next = range->next;
    std::uint64_t begin = range->begin();
    std::uint64_t end = range->end();

    if (address + size < end) {
        auto* above = reinterpret_cast<Range*>(address + size);
        *above = {next, end - (address + size)};
        next = above;
    }
    if (begin < address) {
        range->next = next;
        range->size = address - begin;
    } else {
        *range = {}; // its pages leave as zero as they came
        *link = next;
    }
    free_bytes_ -= size;
    least_free_bytes_ = std::min(least_free_bytes_, free_bytes_);
}

std::optional<std::uint64_t> PageRanges::allocate(std::uint64_t size, std::uint64_t alignment)
{
    Range** best = nullptr;
    for (Range** link = &first_; *link; link = &(*link)->next) {
        Range& range = **link;
        if (size <= range.size && ((range.end() - size) & ~(alignment - 1)) >= range.begin())
            best = link;
    }
    if (size == 0 || !best)
        return std::nullopt;
    std::uint64_t address = ((*best)->end() - size) & ~(alignment - 1);
    take(best, address, size);
    return address;
}

bool PageRanges::allocate_at(std::uint64_t address, std::uint64_t size)
{
    for (Range** link = &first_; *link && (*link)->begin() <= address; link = &(*link)->next) {
        if (address < (*link)->end() && size <= (*link)->end() - address) {
            take(link, address, size);
            return true;
        }
    }
    return false;
}

std::uint64_t PageRanges::free_in(std::uint64_t address, std::uint64_t size) const
{
    std::uint64_t free = 0, end = address + size;
    for (const Range* range = first_; range && range->begin() < end; range = range->next)
        if (range->end() > address)
            free += std::min(range->end(), end) - std::max(range->begin(), address);
    return free;
}

PageRanges::Extent PageRanges::next_free(std::uint64_t address) const
{
    for (const Range* range = first_; range; range = range->next)
        if (range->end() > address)
            return {range->begin(), range->end()};
    return {UINT64_MAX, UINT64_MAX};
}

void PageRanges::release(std::uint64_t address, std::uint64_t size)
{
    if (size == 0)
        return;
    Range* below = nullptr;
    Range* above = first_;
    while (above && above->begin() < address) {
        below = above;
        above = above->next;
    }

    auto* range = reinterpret_cast<Range*>(address);
    *range = {above, size};
    free_bytes_ += size;
    if (above && range->end() == above->begin()) {
        *range = {above->next, size + above->size};
        *above = {};
    }
    if (!below) {
        first_ = range;
    } else if (below->end() == address) {
        below->next = range->next;
        below->size += range->size;
        *range = {};
    } else {
        below->next = range;
    }
}

}
