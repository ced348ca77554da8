// SPDX-License-Identifier: MIT
// The checks on a launch descriptor, in the order of its fields.
#include "validate.h"

#include <cstddef>
#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/mailbox.h>
#include <skellig/public.h>

#include "../base/range.h"
#include "address_space.h"

namespace skl {
namespace {

constexpr std::uint64_t physical_limit = 1ULL << 45; // the window covers 63.5 TiB

#define AT(field) static_cast<std::uint32_t>(offsetof(skl_launch, field))

template <typename T>
std::uint32_t at(const skl_launch& launch, const T& field)
{
    return static_cast<std::uint32_t>(reinterpret_cast<const char*>(&field) - reinterpret_cast<const char*>(&launch));
}

bool physical(const Range& range) { return !range.wraps() && range.end() <= physical_limit; }

Range control(const skl_launch& launch) { return {launch.control_pa, launch.control_size}; }

std::uint32_t check_header(const skl_launch& launch, const LaunchContext& context)
{
    if (launch.magic != SKL_ABI_MAGIC)
        return AT(magic);
    if (launch.revision != SKL_ABI_REVISION)
        return AT(revision);
    if (launch.flags & ~SKL_LAUNCH_QEMU)
        return AT(flags);
    if (launch.control_pa != context.control_pa || !aligned(launch.control_pa, SKL_EXTENT_ALIGN))
        return AT(control_pa);
    if (!launch.control_size || !aligned(launch.control_size, SKL_EXTENT_ALIGN) || !physical(control(launch)))
        return AT(control_size);
    if (launch.cpus == 0 || launch.cpus > SKL_MAX_CPUS || context.cpu >= launch.cpus)
        return AT(cpus);
    if (!launch.tsc_khz)
        return AT(tsc_khz);
    return launch_valid;
}

std::uint32_t check_public(const skl_launch& launch)
{
    Range area{launch.public_pa, launch.public_size};
    Range allowed{launch.control_pa + SKL_CONTROL_TABLES, launch.control_size - SKL_CONTROL_TABLES};
    if (!aligned(area.base, SKL_PAGE_SIZE) || !allowed.contains(area.base))
        return AT(public_pa);
    if (area.size != round_up(SKL_PUBLIC_SIZE(launch.cpus), SKL_PAGE_SIZE) || !allowed.contains(area))
        return AT(public_size);
    return launch_valid;
}

std::uint32_t check_cpus(const skl_launch& launch, const LaunchContext& context)
{
    for (std::uint32_t i = 0; i < launch.cpus; ++i) {
        const skl_launch_cpu& cpu = launch.cpu[i];
        Range block{cpu.block_pa, SKL_CPU_BLOCK_SIZE};
        if (!aligned(block.base, SKL_CPU_BLOCK_SIZE) || !physical(block) || block.overlaps(control(launch)))
            return at(launch, cpu.block_pa);
        for (std::uint32_t k = 0; k < i; ++k)
            if (launch.cpu[k].block_pa == cpu.block_pa || launch.cpu[k].apic_id == cpu.apic_id)
                return at(launch, cpu);
    }
    const skl_launch_cpu& own = launch.cpu[context.cpu];
    return own.block_pa == context.block_pa ? launch_valid : at(launch, own.block_pa);
}

bool valid_place(const skl_extent& extent)
{
    Range place{extent.va, extent.size};
    if (extent.kind == SKL_EXTENT_OWN)
        return Range{SKL_OWN_BASE, SKL_OWN_END - SKL_OWN_BASE}.contains(place);
    return extent.kind == SKL_EXTENT_IMAGE && Range{0, SKL_IMAGE_MAX}.contains(place);
}

bool memory_is_taken(const skl_launch& launch, std::uint32_t which, const Range& memory)
{
    if (memory.overlaps(control(launch)))
        return true;
    for (std::uint32_t i = 0; i < launch.cpus; ++i)
        if (memory.overlaps({launch.cpu[i].block_pa, SKL_CPU_BLOCK_SIZE}))
            return true;
    for (std::uint32_t i = 0; i < which; ++i)
        if (memory.overlaps({launch.extent[i].pa, launch.extent[i].size}))
            return true;
    return false;
}

std::uint32_t check_extents(const skl_launch& launch)
{
    if (launch.extents == 0 || launch.extents > SKL_MAX_EXTENTS)
        return AT(extents);
    for (std::uint32_t i = 0; i < launch.extents; ++i) {
        const skl_extent& extent = launch.extent[i];
        Range memory{extent.pa, extent.size};
        if (!extent.size || !aligned(extent.size, SKL_EXTENT_ALIGN))
            return at(launch, extent.size);
        if (!aligned(extent.va, SKL_EXTENT_ALIGN) || !valid_place(extent))
            return at(launch, extent.va);
        if (!aligned(extent.pa, SKL_EXTENT_ALIGN) || !physical(memory) || memory_is_taken(launch, i, memory))
            return at(launch, extent.pa);
        for (std::uint32_t k = 0; k < i; ++k)
            if (Range{extent.va, extent.size}.overlaps({launch.extent[k].va, launch.extent[k].size}))
                return at(launch, extent.va);
    }
    return launch_valid;
}

// Image extents may follow each other without a gap; a segment may cross from one to the next.
bool inside_image(const skl_launch& launch, Range range)
{
    while (range.size) {
        const skl_extent* extent = extent_of(launch, range.base);
        if (!extent || extent->kind != SKL_EXTENT_IMAGE)
            return false;
        std::uint64_t left = extent->va + extent->size - range.base;
        std::uint64_t step = left < range.size ? left : range.size;
        range = {range.base + step, range.size - step};
    }
    return true;
}

bool valid_segment_rights(std::uint64_t rights)
{
    constexpr std::uint64_t both = SKL_RIGHT_WRITE | SKL_RIGHT_EXECUTE;
    return rights && valid_rights(rights) && (rights & both) != both;
}

std::uint32_t check_segments(const skl_launch& launch)
{
    std::uint64_t lowest = SKL_IMAGE_MIN;
    bool entered = false;
    if (launch.segments == 0 || launch.segments > SKL_MAX_SEGMENTS)
        return AT(segments);
    for (std::uint32_t i = 0; i < launch.segments; ++i) {
        const skl_segment& segment = launch.segment[i];
        Range range{segment.va, segment.size};
        if (!aligned(segment.va, SKL_PAGE_SIZE) || segment.va < lowest)
            return at(launch, segment.va);
        if (!segment.size || !aligned(segment.size, SKL_PAGE_SIZE) || range.wraps() || !inside_image(launch, range))
            return at(launch, segment.size);
        if (!valid_segment_rights(segment.rights))
            return at(launch, segment.rights);
        lowest = range.end();
        entered |= (segment.rights & SKL_RIGHT_EXECUTE) && range.contains(launch.entry);
    }
    return entered ? launch_valid : AT(entry);
}

} // namespace

std::uint32_t check_launch(const skl_launch& launch, const LaunchContext& context)
{
    std::uint32_t wrong = check_header(launch, context);
    if (wrong == launch_valid)
        wrong = check_public(launch);
    if (wrong == launch_valid)
        wrong = check_cpus(launch, context);
    if (wrong == launch_valid)
        wrong = check_extents(launch);
    if (wrong == launch_valid)
        wrong = check_segments(launch);
    if (wrong == launch_valid && launch.grants)
        wrong = AT(grants);
    return wrong;
}

} // namespace skl
