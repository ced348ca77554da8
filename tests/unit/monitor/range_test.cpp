// SPDX-License-Identifier: MIT
#include "base/range.h"

#include <gtest/gtest.h>

namespace {

using skl::Range;

TEST(Range, ContainsItsFirstButNotItsEnd)
{
    constexpr Range range{100, 10};
    EXPECT_TRUE(range.contains(100));
    EXPECT_TRUE(range.contains(109));
    EXPECT_FALSE(range.contains(110));
    EXPECT_FALSE(range.contains(99));
}

TEST(Range, ContainsNoRangeThatWraps)
{
    constexpr Range range{0, 1000};
    EXPECT_TRUE(range.contains(Range{990, 10}));
    EXPECT_FALSE(range.contains(Range{990, 11}));
    EXPECT_FALSE(range.contains(Range{990, ~0ULL}));
    EXPECT_TRUE((Range{10, ~0ULL}).wraps());
}

TEST(Range, TouchingIsNotOverlapping)
{
    EXPECT_FALSE((Range{0, 10}).overlaps({10, 10}));
    EXPECT_TRUE((Range{0, 11}).overlaps({10, 10}));
    EXPECT_TRUE((Range{12, 2}).overlaps({10, 10}));
}

} // namespace
