// SPDX-License-Identifier: MIT
// One page-table entry of 4-level paging. [sdm/3a] 4.5
#pragma once

#include <cstdint>

namespace skl::x86 {

// Level 1 is a 4 KiB leaf, 2 is 2 MiB, 3 is 1 GiB; 4 is the root and never a leaf.
constexpr unsigned root_level = 4;
constexpr unsigned entries_per_table = 512;

constexpr unsigned shift(unsigned level) { return 12 + 9 * (level - 1); }
constexpr std::uint64_t page_size(unsigned level) { return 1ULL << shift(level); }
constexpr unsigned index(std::uint64_t va, unsigned level) { return (va >> shift(level)) & (entries_per_table - 1); }

struct Entry {
    static constexpr std::uint64_t present = 1ULL << 0;
    static constexpr std::uint64_t writable = 1ULL << 1;
    static constexpr std::uint64_t user = 1ULL << 2;
    static constexpr std::uint64_t write_through = 1ULL << 3;
    static constexpr std::uint64_t cache_disable = 1ULL << 4;
    static constexpr std::uint64_t huge = 1ULL << 7;
    static constexpr std::uint64_t kept = 1ULL << 9; // ours: mapped without any right, hence not present
    static constexpr std::uint64_t no_execute = 1ULL << 63;
    static constexpr std::uint64_t address_mask = 0x000ffffffffff000ULL;

    std::uint64_t bits;

    constexpr bool is_present() const { return bits & present; }
    constexpr bool is_mapped() const { return bits & (present | kept); }
    constexpr bool is_leaf(unsigned level) const { return level == 1 || (bits & huge) || (bits & kept); }
    constexpr std::uint64_t address() const { return bits & address_mask; }
};

static_assert(sizeof(Entry) == 8);

} // namespace skl::x86
