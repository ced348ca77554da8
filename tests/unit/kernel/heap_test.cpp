// SPDX-License-Identifier: MIT
// The heap as sbrk() sees it: grows in place, new memory is zero, refusals change nothing.
#include "memory/heap.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>

namespace {

using skl::Heap;
using skl::page_size;
using skl::PagePool;

struct HeapTest : testing::Test {
    static constexpr std::uint64_t pages = 16;

    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };

    HeapTest()
    {
        std::memset(memory.get(), 0, (pages + 1) * page_size);
        pool.add(base(), (pages + 1) * page_size);
        pool.open(base(), base() + (pages + 1) * page_size); // the marks take the last page
        heap.open(base());
    }
    std::uint64_t base() const { return reinterpret_cast<std::uint64_t>(memory.get()); }
    auto move(std::int64_t bytes) { return heap.move(pool, bytes); }

    std::unique_ptr<void, Free> memory{std::aligned_alloc(page_size, (pages + 1) * page_size)};
    PagePool pool;
    Heap heap;
};

TEST_F(HeapTest, AnswersTheEndBeforeTheMove)
{
    EXPECT_EQ(move(0), base());
    EXPECT_EQ(move(100), base());
    EXPECT_EQ(move(5000), base() + 100);
    EXPECT_EQ(move(-5000), base() + 5100);
    EXPECT_EQ(move(0), base() + 100);
}

TEST_F(HeapTest, TakesWholePagesAndNoMore)
{
    move(1);
    EXPECT_EQ(pool.free_bytes(), (pages - 1) * page_size);
    move(page_size - 1);
    EXPECT_EQ(pool.free_bytes(), (pages - 1) * page_size);
    move(1);
    EXPECT_EQ(pool.free_bytes(), (pages - 2) * page_size);
    move(-1);
    EXPECT_EQ(pool.free_bytes(), (pages - 1) * page_size);
}

TEST_F(HeapTest, NewMemoryIsZeroAlsoWhenItWasUsedBefore)
{
    move(3 * page_size);
    std::memset(memory.get(), 0xff, 3 * page_size);
    move(-3 * static_cast<std::int64_t>(page_size) + 10);
    move(3 * page_size - 10);
    auto* bytes = static_cast<const unsigned char*>(memory.get());
    for (std::uint64_t i = 10; i < 3 * page_size; ++i)
        ASSERT_EQ(bytes[i], 0) << i;
    EXPECT_EQ(bytes[9], 0xff);
}

TEST_F(HeapTest, StopsAtPagesThatAreTaken)
{
    ASSERT_TRUE(pool.allocate_at(base() + 4 * page_size, page_size));
    EXPECT_FALSE(move(4 * page_size + 1));
    EXPECT_EQ(move(4 * page_size), base());
    EXPECT_FALSE(move(1));
    EXPECT_EQ(move(0), base() + 4 * page_size);
}

TEST_F(HeapTest, RefusesToShrinkBelowItsBase)
{
    move(100);
    EXPECT_FALSE(move(-101));
    EXPECT_FALSE(move(INT64_MIN));
    EXPECT_EQ(move(-100), base() + 100);
}

TEST_F(HeapTest, RefusesMovesBeyondTheEndOfAddresses)
{
    EXPECT_FALSE(move(INT64_MAX));
    EXPECT_FALSE(move(static_cast<std::int64_t>(0x7fffffffffffffff - base())));
    EXPECT_EQ(move(0), base());
    EXPECT_EQ(pool.free_bytes(), pages * page_size);
}

TEST_F(HeapTest, RefusesMovesThatWrap)
{
    Heap high;
    high.open(UINT64_MAX - 2 * page_size + 1);
    EXPECT_FALSE(high.move(pool, 4 * page_size));
    EXPECT_EQ(high.move(pool, 0), UINT64_MAX - 2 * page_size + 1);
}

} // namespace
