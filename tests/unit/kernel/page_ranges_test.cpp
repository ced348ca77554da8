// SPDX-License-Identifier: MIT
// Free page ranges: what is handed out is free, zero, aligned and nobody else's; what comes back grows together.
#include "memory/page_ranges.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>
#include <vector>

namespace {

using skl::page_size;
using skl::PageRanges;

struct Arena : testing::Test {
    static constexpr std::uint64_t pages = 64;

    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };

    Arena() { std::memset(memory.get(), 0, pages * page_size); }

    std::uint64_t at(std::uint64_t page) const { return reinterpret_cast<std::uint64_t>(memory.get()) + page * page_size; }
    void add(std::uint64_t page, std::uint64_t count) { ranges.release(at(page), count * page_size); }

    std::unique_ptr<void, Free> memory{std::aligned_alloc(pages * page_size, pages * page_size)};
    PageRanges ranges;
};

bool is_zero(std::uint64_t address, std::uint64_t size)
{
    auto* bytes = reinterpret_cast<const unsigned char*>(address);
    for (std::uint64_t i = 0; i < size; ++i)
        if (bytes[i])
            return false;
    return true;
}

using PageRangesTest = Arena;

TEST_F(PageRangesTest, EmptyHasNothing)
{
    EXPECT_FALSE(ranges.allocate(page_size, page_size));
    EXPECT_FALSE(ranges.allocate_at(at(0), page_size));
    EXPECT_EQ(ranges.free_bytes(), 0u);
}

TEST_F(PageRangesTest, HandsOutFromTheTop)
{
    add(0, 8);
    EXPECT_EQ(ranges.allocate(page_size, page_size), at(7));
    EXPECT_EQ(ranges.allocate(2 * page_size, page_size), at(5));
    EXPECT_EQ(ranges.free_bytes(), 5 * page_size);
}

TEST_F(PageRangesTest, TakesTheHighestRangeThatFits)
{
    add(0, 4);
    add(8, 4);
    add(16, 1);
    EXPECT_EQ(ranges.allocate(3 * page_size, page_size), at(9));
    EXPECT_EQ(ranges.allocate(3 * page_size, page_size), at(1));
    EXPECT_FALSE(ranges.allocate(3 * page_size, page_size));
    EXPECT_EQ(ranges.allocate(page_size, page_size), at(16));
}

TEST_F(PageRangesTest, HoldsToAlignmentAndKeepsBothRests)
{
    add(0, 31);
    EXPECT_EQ(ranges.allocate(2 * page_size, 16 * page_size), at(16));
    EXPECT_EQ(ranges.free_bytes(), 29 * page_size);
    EXPECT_TRUE(ranges.allocate_at(at(18), 13 * page_size));
    EXPECT_TRUE(ranges.allocate_at(at(0), 16 * page_size));
    EXPECT_EQ(ranges.free_bytes(), 0u);
}

TEST_F(PageRangesTest, AlignmentThatDoesNotFitIsRefused)
{
    add(17, 14);
    EXPECT_FALSE(ranges.allocate(page_size, 16 * page_size));
    EXPECT_EQ(ranges.free_bytes(), 14 * page_size);
}

TEST_F(PageRangesTest, NothingOfNoSize)
{
    add(0, 4);
    EXPECT_FALSE(ranges.allocate(0, page_size));
    ranges.release(at(8), 0);
    EXPECT_EQ(ranges.free_bytes(), 4 * page_size);
    EXPECT_FALSE(ranges.allocate_at(at(8), page_size));
}

TEST_F(PageRangesTest, ExactPlaceOnlyIfAllOfItIsFree)
{
    add(4, 4);
    EXPECT_FALSE(ranges.allocate_at(at(3), page_size));
    EXPECT_FALSE(ranges.allocate_at(at(3), 2 * page_size));
    EXPECT_FALSE(ranges.allocate_at(at(7), 2 * page_size));
    EXPECT_FALSE(ranges.allocate_at(at(8), page_size));
    EXPECT_FALSE(ranges.allocate_at(at(4), ~0ULL << 12)) << "a size that wraps";
    EXPECT_TRUE(ranges.allocate_at(at(4), 4 * page_size));
    EXPECT_FALSE(ranges.allocate_at(at(4), page_size));
}

TEST_F(PageRangesTest, NeighboursGrowTogether)
{
    add(0, 2);
    add(4, 2);
    add(2, 2); // closes the gap
    EXPECT_EQ(ranges.allocate(6 * page_size, page_size), at(0));
    add(4, 2);
    add(2, 2); // below
    add(6, 1); // above
    EXPECT_EQ(ranges.allocate(5 * page_size, page_size), at(2));
}

TEST_F(PageRangesTest, WhatDoesNotTouchStaysApart)
{
    add(0, 2);
    add(3, 2);
    EXPECT_FALSE(ranges.allocate(3 * page_size, page_size));
    EXPECT_FALSE(ranges.allocate_at(at(2), page_size));
}

TEST_F(PageRangesTest, MemoryIsZeroAgainWhenItIsHandedOut)
{
    add(0, 2);
    add(2, 2);
    add(4, 4);
    ASSERT_TRUE(ranges.allocate_at(at(1), page_size));
    ASSERT_TRUE(ranges.allocate_at(at(0), page_size));
    EXPECT_TRUE(is_zero(at(0), 2 * page_size));
    auto rest = ranges.allocate(6 * page_size, page_size);
    ASSERT_EQ(rest, at(2));
    EXPECT_TRUE(is_zero(*rest, 6 * page_size));
}

// Against a plain map of pages.
TEST_F(PageRangesTest, ThousandsOfRandomOperationsAgreeWithAMapOfPages)
{
    std::vector<bool> free(pages, true);
    std::mt19937 random(17);
    add(0, pages);
    auto count_free = [&] { return static_cast<std::uint64_t>(std::count(free.begin(), free.end(), true)) * page_size; };
    auto take = [&](std::uint64_t address, std::uint64_t size) {
        ASSERT_TRUE(is_zero(address, size));
        for (std::uint64_t page = (address - at(0)) / page_size; size; ++page, size -= page_size) {
            ASSERT_LT(page, pages);
            ASSERT_TRUE(free[page]);
            free[page] = false;
        }
    };
    for (int i = 0; i < 5000; ++i) {
        std::uint64_t page = random() % pages, size = (1 + random() % 6) * page_size;
        switch (random() % 3) {
        case 0:
            if (auto address = ranges.allocate(size, page_size << random() % 4))
                take(*address, size);
            break;
        case 1:
            if (ranges.allocate_at(at(page), size))
                take(at(page), size);
            break;
        default:
            if (!free[page]) {
                add(page, 1);
                free[page] = true;
            }
        }
        ASSERT_EQ(ranges.free_bytes(), count_free());
    }
}

} // namespace
