// SPDX-License-Identifier: MIT
// Asked of the CPU that the caller runs on.
#include "system/caches.hpp"

#include <cpuid.h>

namespace libos {
namespace {

constexpr unsigned intel_leaf = 4, amd_leaf = 0x8000001d, most_caches = 16;

Cache cache_numbered(unsigned leaf, unsigned number)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    __get_cpuid_count(leaf, number, &a, &b, &c, &d); // a stays 0, none, where there is no such leaf
    return cache_of(a, b, c);
}

}

Cache find_cache(uint32_t level, bool of_instructions)
{
    Cache::Type other = of_instructions ? Cache::data : Cache::instructions;
    unsigned leaf = cache_numbered(intel_leaf, 0).type != Cache::none ? intel_leaf : amd_leaf;
    for (unsigned number = 0; number < most_caches; number++) {
        Cache cache = cache_numbered(leaf, number);
        if (cache.type == Cache::none)
            break;
        if (cache.level == level && cache.type != other)
            return cache;
    }
    return {};
}

}
