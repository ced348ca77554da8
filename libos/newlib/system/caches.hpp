// SPDX-License-Identifier: MIT
// Caches as CPUID describes them: leaf 4 of Intel, leaf 8000001D of AMD alike. [sdm/2a] CPUID, [apm/3] E.4.15
#pragma once

#include <stdint.h>

namespace libos {

struct Cache {
    enum Type : uint32_t { none, data, instructions, unified };

    Type type;
    uint32_t level, ways, line; // bytes of a line
    uint64_t size;              // bytes
};

// The registers eax, ebx and ecx of one subleaf. Type none: there are no more.
constexpr Cache cache_of(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t line = (b & 0xfff) + 1, partitions = (b >> 12 & 0x3ff) + 1, ways = (b >> 22) + 1;
    uint64_t sets = uint64_t{c} + 1;
    auto type = static_cast<Cache::Type>((a & 0x1f) <= Cache::unified ? a & 0x1f : Cache::none);
    return {type, a >> 5 & 7, ways, line, sets * ways * partitions * line};
}

// The one of this level that holds data, or instructions; size 0: there is none.
Cache find_cache(uint32_t level, bool of_instructions);

}
