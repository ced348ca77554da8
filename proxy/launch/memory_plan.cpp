// SPDX-License-Identifier: MIT
// Control area, then the image, then own memory up to the device hole, the rest above 4 GiB.
#include "launch/memory_plan.hpp"

#include <skellig/public.h>
#include <skellig/qemu.h>
#include <skellig/ring.h>

#include <algorithm>

namespace skl {
namespace {

constexpr std::uint64_t four_gib = 1ULL << 32;

constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit)
{
    return (value + unit - 1) / unit * unit;
}

// Enough page tables to map every 2 MiB of the isle by 4 KiB pages, and the levels above.
std::uint64_t table_bytes(std::uint64_t mapped)
{
    constexpr std::uint64_t upper_levels = 64;
    return (mapped / SKL_EXTENT_ALIGN + upper_levels) * SKL_PAGE_SIZE;
}

// Hands out physical memory upwards, stepping over the device hole.
class Cursor {
public:
    Cursor(std::uint64_t at, std::uint64_t low_limit) : at_(at), low_limit_(low_limit) {}

    // A piece of at most `size` bytes.
    skl_extent take(std::uint64_t va, std::uint64_t size, std::uint32_t kind)
    {
        if (at_ == low_limit_)
            at_ = four_gib;
        std::uint64_t piece = at_ < low_limit_ ? std::min(size, low_limit_ - at_) : size;
        skl_extent extent{va, at_, piece, 0, kind};
        at_ += piece;
        return extent;
    }

private:
    std::uint64_t at_;
    std::uint64_t low_limit_;
};

void append(std::vector<skl_extent>& extents, Cursor& cursor, std::uint64_t va, std::uint64_t size, std::uint32_t kind)
{
    while (size > 0) {
        extents.push_back(cursor.take(va, size, kind));
        va += extents.back().size;
        size -= extents.back().size;
    }
}

}

std::uint64_t file_offset(std::uint64_t pa, std::uint64_t low_limit)
{
    return pa < four_gib ? pa : pa - four_gib + low_limit;
}

MemoryPlan plan_memory(const Image& image, std::uint32_t cpus, std::uint64_t memory, std::uint64_t low_limit)
{
    MemoryPlan plan{};
    memory = round_up(memory, SKL_EXTENT_ALIGN);
    plan.public_size = round_up(SKL_PUBLIC_SIZE(cpus), SKL_PAGE_SIZE);
    plan.public_offset = round_up(SKL_CONTROL_TABLES + table_bytes(image.extent_size() + memory), SKL_EXTENT_ALIGN);
    plan.control_size = plan.public_offset + round_up(plan.public_size, SKL_EXTENT_ALIGN);
    plan.ram_size = SKL_QEMU_LAUNCH_PA + plan.control_size + image.extent_size() + memory;

    Cursor cursor(SKL_QEMU_LAUNCH_PA + plan.control_size, low_limit);
    append(plan.extents, cursor, image.extent_base(), image.extent_size(), SKL_EXTENT_IMAGE);
    append(plan.extents, cursor, SKL_OWN_BASE, memory, SKL_EXTENT_OWN);
    return plan;
}

}
