// SPDX-License-Identifier: MIT
// Growing and shrinking of the heap in steps of pages.
#include "heap.hpp"

#include <cstring>

namespace skl {

void Heap::open(std::uint64_t base)
{
    base_ = end_ = reserved_ = base;
}

bool Heap::grow_to(PageRanges& pages, std::uint64_t end)
{
    std::uint64_t wanted = round_up(end, page_size);
    if (wanted > reserved_) {
        if (!pages.allocate_at(reserved_, wanted - reserved_))
            return false;
        reserved_ = wanted;
    }
    return true;
}

// What is given up is wiped, since whoever gets it next counts on zero.
void Heap::shrink_to(PageRanges& pages, std::uint64_t end)
{
    std::memset(reinterpret_cast<void*>(end), 0, end_ - end);
    std::uint64_t kept = round_up(end, page_size);
    pages.release(kept, reserved_ - kept);
    reserved_ = kept;
}

std::optional<std::uint64_t> Heap::move(PageRanges& pages, std::int64_t bytes)
{
    std::uint64_t before = end_;
    if (bytes < 0) {
        std::uint64_t less = 0 - static_cast<std::uint64_t>(bytes);
        if (less > end_ - base_)
            return std::nullopt;
        shrink_to(pages, end_ - less);
        end_ -= less;
    } else if (bytes > 0) {
        auto more = static_cast<std::uint64_t>(bytes);
        if (more > UINT64_MAX - page_size - end_ || !grow_to(pages, end_ + more))
            return std::nullopt;
        end_ += more;
    }
    return before;
}

}
