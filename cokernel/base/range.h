// SPDX-License-Identifier: MIT
// Arithmetic on address ranges that cannot overflow.
#pragma once

#include <cstdint>

namespace skl {

constexpr bool aligned(std::uint64_t value, std::uint64_t unit) { return (value & (unit - 1)) == 0; }
constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit) { return (value + unit - 1) & ~(unit - 1); }

struct Range {
    std::uint64_t base;
    std::uint64_t size;

    constexpr std::uint64_t end() const { return base + size; }
    constexpr bool wraps() const { return end() < base; }
    constexpr bool contains(std::uint64_t address) const { return address - base < size; }
    constexpr bool contains(const Range& other) const
    {
        return !other.wraps() && other.base >= base && other.size <= size && other.base - base <= size - other.size;
    }
    constexpr bool overlaps(const Range& other) const { return base < other.end() && other.base < end(); }
};

} // namespace skl
