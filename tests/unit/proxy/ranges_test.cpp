// SPDX-License-Identifier: MIT
// What an isle may point to.
#include "delegate/ranges.hpp"

#include <gtest/gtest.h>

namespace skl {
namespace {

TEST(Ranges, ContainBuffersInside)
{
    Ranges ranges;
    ranges.add(0x1000, 0x1000);
    EXPECT_TRUE(ranges.contains(0x1000, 0x1000));
    EXPECT_TRUE(ranges.contains(0x1fff, 1));
    EXPECT_FALSE(ranges.contains(0x1fff, 2));
    EXPECT_FALSE(ranges.contains(0xfff, 1));
    EXPECT_FALSE(ranges.contains(0x2000, 1));
}

TEST(Ranges, DoNotWrap)
{
    Ranges ranges;
    ranges.add(0x1000, 0x1000);
    EXPECT_FALSE(ranges.contains(0x1800, ~0ULL));
    EXPECT_FALSE(ranges.contains(~0ULL, 2));
}

TEST(Ranges, JoinNeighboursInAnyOrder)
{
    Ranges ranges;
    ranges.add(0x5000, 0x1000);
    ranges.add(0x3000, 0x1000);
    ranges.add(0x4000, 0x1000);
    EXPECT_TRUE(ranges.contains(0x3000, 0x3000));
    EXPECT_EQ(ranges.room_at(0x3800), 0x2800u);
}

TEST(Ranges, KeepGapsApart)
{
    Ranges ranges;
    ranges.add(0x1000, 0x1000);
    ranges.add(0x3000, 0x1000);
    EXPECT_FALSE(ranges.contains(0x1800, 0x1000));
    EXPECT_EQ(ranges.room_at(0x2000), 0u);
}

}
}
