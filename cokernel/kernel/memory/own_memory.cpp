// SPDX-License-Identifier: MIT
// The lock is held while pages change hands, not while they are wiped.
#include "own_memory.hpp"

#include <skellig/address.h>

#include <algorithm>

namespace skl {

void OwnMemory::add(std::uint64_t begin, std::uint64_t end)
{
    begin = round_up(begin, page_size);
    end &= ~(page_size - 1);
    if (begin >= end)
        return;
    pool_.add(begin, end - begin);
    begin_ = std::min(begin_, begin);
    end_ = std::max(end_, end);
    total_ += end - begin;
}

bool OwnMemory::open()
{
    heap_.open(begin_);
    return begin_ < end_ && pool_.open(begin_, end_);
}

std::optional<std::uint64_t> OwnMemory::take(std::uint64_t size, std::uint64_t alignment)
{
    if (size > SKL_OWN_END)
        return std::nullopt;
    Guard guard(lock_);
    return pool_.allocate(round_up(size, page_size), std::max(alignment, page_size));
}

std::optional<std::uint64_t> OwnMemory::allocate_any(std::uint64_t size, std::uint64_t alignment, bool& zero)
{
    auto address = take(size, alignment);
    zero = address && pool_.is_zero(*address, round_up(size, page_size));
    return address;
}

std::optional<std::uint64_t> OwnMemory::allocate(std::uint64_t size, std::uint64_t alignment)
{
    auto address = take(size, alignment);
    if (address)
        pool_.wipe(*address, round_up(size, page_size));
    return address;
}

void OwnMemory::release(std::uint64_t address, std::uint64_t size)
{
    size = round_up(size, page_size);
    pool_.mark_used(address, size);
    Guard guard(lock_);
    pool_.release(address, size);
}

std::optional<std::uint64_t> OwnMemory::move_heap(std::int64_t bytes)
{
    Guard guard(lock_);
    return heap_.move(pool_, bytes);
}

std::uint64_t OwnMemory::free_bytes()
{
    Guard guard(lock_);
    return pool_.free_bytes();
}

std::uint64_t OwnMemory::peak()
{
    Guard guard(lock_);
    return total_ - std::min(total_, pool_.least_free_bytes());
}

PageRanges::Extent OwnMemory::heap()
{
    Guard guard(lock_);
    return heap_.pages();
}

}
