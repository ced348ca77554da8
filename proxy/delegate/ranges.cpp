// SPDX-License-Identifier: MIT
// A handful of ranges, searched one by one.
#include "delegate/ranges.hpp"

#include <algorithm>

namespace skl {

void Ranges::add(std::uint64_t begin, std::uint64_t size)
{
    ranges_.push_back({begin, begin + size});
    std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
    std::vector<Range> joined;
    for (const Range& range : ranges_) {
        if (!joined.empty() && range.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    ranges_ = std::move(joined);
}

std::uint64_t Ranges::room_at(std::uint64_t address) const
{
    for (const Range& range : ranges_)
        if (address >= range.begin && address < range.end)
            return range.end - address;
    return 0;
}

bool Ranges::contains(std::uint64_t address, std::uint64_t length) const
{
    return room_at(address) >= length && (length > 0 || room_at(address) > 0);
}

}
