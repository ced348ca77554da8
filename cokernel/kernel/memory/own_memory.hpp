// SPDX-License-Identifier: MIT
// All own memory of the isle: pages for whoever asks, the heap, mappings.
#pragma once

#include "heap.hpp"
#include "mappings.hpp"
#include "page_pool.hpp"
#include "sync/spinlock.hpp"

namespace skl {

// Sizes are rounded up to pages, alignments are powers of two.
class OwnMemory {
public:
    // All of it, before anything else. It is zero. Whole pages within [begin, end) are taken. False: no room for marks.
    void add(std::uint64_t begin, std::uint64_t end);
    bool open();

    std::optional<std::uint64_t> allocate_any(std::uint64_t size, std::uint64_t alignment, bool& zero);
    std::optional<std::uint64_t> allocate(std::uint64_t size, std::uint64_t alignment);
    void release(std::uint64_t address, std::uint64_t size);
    std::optional<std::uint64_t> move_heap(std::int64_t bytes);

    std::uint64_t total() const { return total_; }
    std::uint64_t free_bytes();
    std::uint64_t peak(); // most bytes that were not free at a time
    PageRanges::Extent heap();

private:
    std::optional<std::uint64_t> take(std::uint64_t size, std::uint64_t alignment);

    Spinlock lock_;
    PagePool pool_; // guarded by lock_
    Heap heap_;     // guarded by lock_
    std::uint64_t begin_ = UINT64_MAX, end_ = 0, total_ = 0; // constant after open()

public:
    Mappings mappings{pool_, lock_};
};
extern OwnMemory own_memory;

}
