// SPDX-License-Identifier: MIT
// The isle's address space from below: image, arguments, own memory, and what lies in the public area (address.h).
#include "regions.hpp"

#include "memory.hpp"
#include "own_memory.hpp"
#include "public_area.hpp"
#include "segments.hpp"

#include <kernel/regions.h>

#include <skellig/address.h>
#include <skellig/call.h>

#include "../../base/errno.h"

#include <algorithm>

namespace skl {

constinit skl_stack main_stack{};

namespace {

std::uint32_t rights_of(const Elf64_Phdr& segment)
{
    return (segment.p_flags & PF_R ? SKL_RIGHT_READ : 0) | (segment.p_flags & PF_W ? SKL_RIGHT_WRITE : 0) |
           (segment.p_flags & PF_X ? SKL_RIGHT_EXECUTE : 0);
}

// False: it ends below the address.
bool begin_at(std::uint64_t address, std::uint64_t begin, std::uint64_t end, skl_region& region)
{
    if (end <= address)
        return false;
    std::uint64_t first = std::max(address, begin);
    region.offset += first - begin;
    region.address = first;
    region.size = end - first;
    return true;
}

// Loaded segments ascend.
bool next_of_image(std::uint64_t address, skl_region& region)
{
    for (const Elf64_Phdr& segment : segments_of(machine::image())) {
        std::uint64_t begin = segment.p_vaddr & ~(page_size - 1), end = round_up(segment.p_vaddr + segment.p_memsz, page_size);
        region = {0, 0, segment.p_offset & ~(page_size - 1), rights_of(segment), SKL_REGION_IMAGE};
        if (segment.p_type == PT_LOAD && begin_at(address, begin, end, region))
            return true;
    }
    return false;
}

bool next_of_arguments(std::uint64_t address, skl_region& region)
{
    region = {0, 0, 0, usual_rights, SKL_REGION_ARGUMENTS};
    std::uint64_t begin = boot_page().arguments & ~(page_size - 1);
    return begin && begin_at(address, begin, boot_page().own_base & ~(page_size - 1), region);
}

// Pages that know nothing of what they are part of.
void name_part(skl_region& region, std::uint64_t begin, std::uint64_t end, skl_region_kind kind)
{
    std::uint64_t region_end = region.address + region.size;
    if (region.address < begin) {
        region.size = std::min(region_end, begin) - region.address;
    } else if (region.address < end) {
        region.size = std::min(region_end, end) - region.address;
        region.kind = kind;
    }
}

bool next_of_own_memory(std::uint64_t address, skl_region& region)
{
    auto taken = own_memory.mappings.next(address);
    if (!taken)
        return false;
    region = {taken->address, taken->size, 0, taken->rights, taken->is_mapped ? SKL_REGION_MAPPING : SKL_REGION_PAGES};
    if (!taken->is_mapped) {
        PageRanges::Extent heap = own_memory.heap();
        name_part(region, heap.begin, heap.end, SKL_REGION_HEAP);
        name_part(region, main_stack.base, main_stack.base + main_stack.size, SKL_REGION_STACK);
    }
    return true;
}

bool next_of_public_area(std::uint64_t address, skl_region& region)
{
    region = {0, 0, 0, usual_rights, SKL_REGION_PUBLIC};
    if (begin_at(address, SKL_PUBLIC_BASE, SKL_PUBLIC_BASE + round_up(SKL_PUBLIC_SIZE(boot_page().cpus), page_size), region))
        return true;
    region = {0, 0, 0, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE, SKL_REGION_CALL};
    return begin_at(address, SKL_CALL_PAGE, SKL_ISLE_END, region);
}

}
}

using namespace skl;

extern "C" int skl_region_next(std::uint64_t address, skl_region* region)
{
    address &= ~(page_size - 1);
    bool found = next_of_image(address, *region) || next_of_arguments(address, *region) || next_of_own_memory(address, *region) ||
                 next_of_public_area(address, *region);
    return found ? 0 : static_cast<int>(answer(Error::no_entry));
}
