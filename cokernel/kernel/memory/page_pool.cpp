// SPDX-License-Identifier: MIT
// Wiping is put off until somebody wants zeros: malloc does not, and it takes and gives back the most.
#include "page_pool.hpp"

#include <algorithm>
#include <cstring>

namespace skl {
namespace {

using Mark = PagePool::Mark;

constexpr std::uint64_t used_in_word = 0x0101010101010101 * PagePool::used;

// The first page from here on whose mark says so.
const Mark* find_used(const Mark* mark, const Mark* end)
{
    std::uint64_t word;
    for (; end - mark >= 8; mark += 8) {
        std::memcpy(&word, mark, sizeof word);
        if (word & used_in_word)
            break;
    }
    while (mark != end && !(*mark & PagePool::used))
        ++mark;
    return mark;
}

}

bool PagePool::open(std::uint64_t begin, std::uint64_t end)
{
    auto marks = ranges_.allocate(round_up((end - begin) / page_size, page_size), page_size);
    if (!marks)
        return false;
    marks_ = reinterpret_cast<Mark*>(*marks);
    begin_ = begin;
    end_ = end;
    return true;
}

void PagePool::mark_used(std::uint64_t address, std::uint64_t size)
{
    std::memset(mark(address), used, size / page_size);
}

bool PagePool::is_zero(std::uint64_t address, std::uint64_t size) const
{
    const Mark* end = mark(address + size);
    return find_used(mark(address), end) == end;
}

void PagePool::wipe(std::uint64_t address, std::uint64_t size) const
{
    const Mark* end = mark(address + size);
    const Mark* first = find_used(mark(address), end);
    while (first != end) {
        const Mark* last = std::find_if(first, end, [](Mark mark) { return !(mark & used); });
        std::memset(reinterpret_cast<void*>(begin_ + static_cast<std::uint64_t>(first - marks_) * page_size), 0,
                    static_cast<std::uint64_t>(last - first) * page_size);
        first = find_used(last, end);
    }
}

}
