// SPDX-License-Identifier: MIT
// Free page ranges of the enclave's own memory, in a list that lives in the free pages themselves.
#pragma once

#include <cstdint>
#include <optional>

namespace skl {

inline constexpr std::uint64_t page_size = 4096;

inline constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t alignment)
{
    return (value + alignment - 1) & ~(alignment - 1);
}

// Not locked: its owner does. What comes back from here is as it was when it was released: the list leaves nothing behind.
class PageRanges {
public:
    // From the highest address that fits, so that the heap can grow from below. Size: whole pages. Alignment: a power of two.
    std::optional<std::uint64_t> allocate(std::uint64_t size, std::uint64_t alignment);

    // Exactly [address, address + size), or false.
    bool allocate_at(std::uint64_t address, std::uint64_t size);

    // Of memory that is mapped, writable and in no free range.
    void release(std::uint64_t address, std::uint64_t size);

    // Bytes of [address, address + size) that are free.
    std::uint64_t free_in(std::uint64_t address, std::uint64_t size) const;

    // The first free range that ends above the address; an empty one at the end of all addresses: there is none.
    struct Extent {
        std::uint64_t begin, end;
    };
    Extent next_free(std::uint64_t address) const;

    std::uint64_t free_bytes() const { return free_bytes_; }
    std::uint64_t least_free_bytes() const { return least_free_bytes_; } // since the first was taken

private:
    struct Range { // at the start of the range it describes
        Range* next;
        std::uint64_t size;

        std::uint64_t begin() const { return reinterpret_cast<std::uint64_t>(this); }
        std::uint64_t end() const { return begin() + size; }
    };

    void take(Range** link, std::uint64_t address, std::uint64_t size);

    Range* first_ = nullptr; // ascending, never adjacent
    std::uint64_t free_bytes_ = 0, least_free_bytes_ = UINT64_MAX;
};

}
