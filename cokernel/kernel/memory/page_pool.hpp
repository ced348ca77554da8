// SPDX-License-Identifier: MIT
// Free pages, and of every page of the isle's own memory one byte: whether its contents are known to be zero, and what mappings note.
#pragma once

#include "page_ranges.hpp"

namespace skl {

// Not locked: its owner does, but for the pages that somebody has taken: their marks are theirs, and so is wiping them.
class PagePool {
public:
    using Mark = std::uint8_t;
    static constexpr Mark used = 1; // when it was released it may have held anything; the other bits are for whoever has the page

    // Memory that is zero. All of it before open().
    void add(std::uint64_t address, std::uint64_t size) { ranges_.release(address, size); }
    // Marks for all pages of [begin, end). False: no room for them.
    bool open(std::uint64_t begin, std::uint64_t end);

    // Contents as they are: wipe() makes them zero.
    std::optional<std::uint64_t> allocate(std::uint64_t size, std::uint64_t alignment) { return ranges_.allocate(size, alignment); }
    bool allocate_at(std::uint64_t address, std::uint64_t size) { return ranges_.allocate_at(address, size); }

    // Before the release of pages that may hold anything; they are still the caller's.
    void mark_used(std::uint64_t address, std::uint64_t size);
    void release(std::uint64_t address, std::uint64_t size) { ranges_.release(address, size); }

    // Of pages just taken.
    bool is_zero(std::uint64_t address, std::uint64_t size) const;
    void wipe(std::uint64_t address, std::uint64_t size) const;

    bool has(std::uint64_t address, std::uint64_t size) const { return begin_ <= address && address < end_ && size <= end_ - address; }
    std::uint64_t free_in(std::uint64_t address, std::uint64_t size) const { return ranges_.free_in(address, size); }
    PageRanges::Extent next_free(std::uint64_t address) const { return ranges_.next_free(address); }
    std::uint64_t begin() const { return begin_; }
    std::uint64_t end() const { return end_; }
    Mark* mark(std::uint64_t address) const { return marks_ + (address - begin_) / page_size; }
    std::uint64_t free_bytes() const { return ranges_.free_bytes(); }
    std::uint64_t least_free_bytes() const { return ranges_.least_free_bytes(); }

private:
    PageRanges ranges_;
    Mark* marks_ = nullptr;
    std::uint64_t begin_ = 0, end_ = 0;
};

}
