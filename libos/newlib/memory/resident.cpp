// SPDX-License-Identifier: MIT
// Image and arguments, which stay as they are, and what is handed out of own memory.
#include "memory/resident.hpp"

#include <kernel/memory.h>
#include <kernel/regions.h>

namespace libos {
namespace {

uint64_t fixed_bytes()
{
    uint64_t sum = 0;
    skl_region region;
    for (uint64_t at = 0; skl_region_next(at, &region) == 0 && region.kind <= SKL_REGION_ARGUMENTS; at = region.address + region.size)
        sum += region.size;
    return sum;
}

}

uint64_t resident_bytes()
{
    return fixed_bytes() + skl_memory_total() - skl_memory_free();
}

uint64_t most_resident_bytes()
{
    return fixed_bytes() + skl_memory_peak();
}

}
