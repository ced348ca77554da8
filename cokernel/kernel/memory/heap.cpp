// SPDX-License-Identifier: MIT
// Growing and shrinking of the heap in steps of pages.
#include "heap.hpp"

#include <algorithm>
#include <cstring>

namespace skl {

void Heap::open(std::uint64_t base)
{
    base_ = end_ = reserved_ = base;
}

bool Heap::grow_to(PagePool& pages, std::uint64_t end)
{
    std::uint64_t wanted = round_up(end, page_size);
    if (wanted > reserved_) {
        if (!pages.allocate_at(reserved_, wanted - reserved_))
            return false;
        pages.wipe(reserved_, wanted - reserved_); // here, since two moves may share a page
        reserved_ = wanted;
    }
    return true;
}

// What is left of the last page is wiped, since the next move gets it.
void Heap::shrink_to(PagePool& pages, std::uint64_t end)
{
    std::uint64_t kept = round_up(end, page_size);
    std::memset(reinterpret_cast<void*>(end), 0, std::min(kept, end_) - end);
    if (kept < reserved_) {
        pages.mark_used(kept, reserved_ - kept);
        pages.release(kept, reserved_ - kept);
        reserved_ = kept;
    }
}

std::optional<std::uint64_t> Heap::move(PagePool& pages, std::int64_t bytes)
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
