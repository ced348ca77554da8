// SPDX-License-Identifier: MIT
// Caches out of CPUID's registers, as two processors give them.
#include "libos/newlib/system/caches.hpp"

#include <gtest/gtest.h>

using namespace libos;

TEST(Caches, DataOfTheFirstLevel)
{
    Cache cache = cache_of(0x1c004121, 0x02c0003f, 63); // 48 KiB, 12 ways of 64 sets
    EXPECT_EQ(cache.type, Cache::data);
    EXPECT_EQ(cache.level, 1u);
    EXPECT_EQ(cache.ways, 12u);
    EXPECT_EQ(cache.line, 64u);
    EXPECT_EQ(cache.size, 48u << 10);
}

TEST(Caches, SharedOnesOfManySets)
{
    Cache cache = cache_of(0x0001c163, 0x03c0003f, 0x7fff); // 32 MiB, 16 ways
    EXPECT_EQ(cache.type, Cache::unified);
    EXPECT_EQ(cache.level, 3u);
    EXPECT_EQ(cache.size, 32u << 20);
    EXPECT_EQ(cache_of(0x143, 0xffffffff, 0xffffffff).size, (std::uint64_t{1} << 32) * 1024 * 1024 * 4096) << "partitions count, too";
}

TEST(Caches, NoneAndTypesThatNobodyKnows)
{
    EXPECT_EQ(cache_of(0, 0, 0).type, Cache::none);
    EXPECT_EQ(cache_of(0x1f, 0, 0).type, Cache::none);
}
