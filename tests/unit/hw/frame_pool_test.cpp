// SPDX-License-Identifier: MIT
#include "hw/x86/frame_pool.h"

#include <gtest/gtest.h>

namespace {

using skl::x86::FramePool;

TEST(FramePool, HandsOutEachFrameOnce)
{
    FramePool pool;
    pool.reset(0x10000, 0x13000);
    EXPECT_EQ(pool.free_count(), 3u);
    EXPECT_EQ(pool.allocate(), 0x10000u);
    EXPECT_EQ(pool.allocate(), 0x11000u);
    EXPECT_EQ(pool.allocate(), 0x12000u);
    EXPECT_EQ(pool.free_count(), 0u);
}

TEST(FramePool, ReportsNoMemoryWhenRangeIsUsedUp)
{
    FramePool pool;
    pool.reset(0x10000, 0x11000);
    EXPECT_NE(pool.allocate(), 0u);
    EXPECT_EQ(pool.allocate(), 0u);
    EXPECT_EQ(pool.allocate(), 0u);
}

TEST(FramePool, DoesNotHandOutHalfAFrame)
{
    FramePool pool;
    pool.reset(0x10000, 0x10800);
    EXPECT_EQ(pool.free_count(), 0u);
    EXPECT_EQ(pool.allocate(), 0u);
}

} // namespace
