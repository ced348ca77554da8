// SPDX-License-Identifier: MIT
// Pages that come and go: zero where zero is promised, as they were where it is not, and never anybody else's.
#include "memory_host.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

namespace {

using skl::all;
using skl::fill;
using skl::page_size;

struct OwnMemoryTest : testing::Test, skl::MemoryHost {};
using OwnMemoryThreaded = OwnMemoryTest;

TEST_F(OwnMemoryTest, CountsWhatThereIs)
{
    EXPECT_EQ(memory.total(), (pages + 1) * page_size);
    EXPECT_EQ(memory.free_bytes(), pages * page_size);
    auto address = memory.allocate(5 * page_size - 100, page_size);
    EXPECT_EQ(memory.free_bytes(), (pages - 5) * page_size);
    memory.release(*address, 5 * page_size - 100);
    EXPECT_EQ(memory.free_bytes(), pages * page_size);
}

TEST_F(OwnMemoryTest, RemembersTheMostThatWasTaken)
{
    EXPECT_EQ(memory.peak(), page_size) << "the marks";
    auto first = memory.allocate(5 * page_size, page_size);
    auto second = memory.allocate(2 * page_size, page_size);
    memory.release(*first, 5 * page_size);
    memory.move_heap(3 * page_size);
    EXPECT_EQ(memory.peak(), 8 * page_size);
    memory.release(*second, 2 * page_size);
    memory.move_heap(5 * page_size);
    EXPECT_EQ(memory.peak(), 9 * page_size);
}

TEST_F(OwnMemoryTest, KnowsItsHeap)
{
    EXPECT_EQ(memory.heap().end, base);
    memory.move_heap(page_size + 1);
    EXPECT_EQ(memory.heap().begin, base);
    EXPECT_EQ(memory.heap().end, base + 2 * page_size);
}

TEST_F(OwnMemoryTest, UsedPagesAreZeroForWhoeverWantsZeros)
{
    auto address = memory.allocate(8 * page_size, page_size);
    fill(*address, 8 * page_size, 0x55);
    memory.release(*address, 8 * page_size);
    auto again = memory.allocate(pages * page_size, page_size);
    ASSERT_EQ(again, at(0));
    EXPECT_TRUE(all(*again, pages * page_size, 0));
}

TEST_F(OwnMemoryTest, SaysWhetherPagesAreZeroAllTheSame)
{
    bool zero = false;
    auto address = memory.allocate_any(8 * page_size, page_size, zero);
    EXPECT_TRUE(zero);
    fill(*address, 8 * page_size, 0x55);
    memory.release(*address + 3 * page_size, page_size);
    EXPECT_EQ(memory.allocate_any(page_size, page_size, zero), *address + 3 * page_size);
    EXPECT_FALSE(zero);
    EXPECT_TRUE(all(*address + 3 * page_size + 16, page_size - 16, 0x55)) << "wiped though nobody asked for it";
    memory.release(*address, 8 * page_size);
    memory.allocate_any(9 * page_size, page_size, zero);
    EXPECT_FALSE(zero) << "one zero page in front";
    EXPECT_FALSE(memory.allocate_any(pages * page_size, page_size, zero));
    EXPECT_FALSE(zero);
}

// One used page at the end of ever fewer zero ones: the search looks at several marks at once.
TEST(OwnMemorySearch, FindsTheOneUsedPage)
{
    for (std::uint64_t kept = 1; kept < skl::MemoryHost::pages; ++kept) {
        skl::MemoryHost host;
        bool zero = true;
        auto top = host.memory.allocate((kept + 1) * page_size, page_size);
        fill(*top, page_size, 1);
        host.memory.release(*top, page_size);
        auto rest = host.memory.allocate_any((host.pages - kept) * page_size, page_size, zero);
        ASSERT_EQ(rest, host.base);
        EXPECT_FALSE(zero) << kept;
    }
}

TEST_F(OwnMemoryTest, RefusesSizesThatNobodyHas)
{
    bool zero;
    EXPECT_FALSE(memory.allocate(0, page_size));
    EXPECT_FALSE(memory.allocate(UINT64_MAX, page_size));
    EXPECT_FALSE(memory.allocate(UINT64_MAX - page_size + 2, page_size));
    EXPECT_FALSE(memory.allocate_any((pages + 1) * page_size, page_size, zero));
    EXPECT_EQ(memory.free_bytes(), pages * page_size);
}

TEST_F(OwnMemoryTest, HeapGrowsIntoZeroPages)
{
    auto low = memory.allocate(pages * page_size, page_size);
    fill(*low, pages * page_size, 7);
    memory.release(*low, pages * page_size);
    EXPECT_EQ(memory.move_heap(100), base);
    EXPECT_EQ(memory.move_heap(5000), base + 100);
    EXPECT_TRUE(all(base, 2 * page_size, 0));
    fill(base, 5100, 7);
    EXPECT_EQ(memory.move_heap(-5000), base + 5100);
    EXPECT_EQ(memory.move_heap(8000), base + 100);
    EXPECT_TRUE(all(base, 100, 7) && all(base + 100, 8000, 0));
}

// Everybody writes all over what they have: that pages are handed out once, and zero, shows in what they find.
void use_pages(skl::MemoryHost& host, unsigned seed, std::atomic<bool>& good)
{
    skl::MemoryHost::enter_thread();
    std::mt19937 random(seed);
    struct Piece {
        std::uint64_t address, size;
        char value;
    };
    std::vector<Piece> pieces;
    for (int i = 0; i < 3000; ++i) {
        if (random() % 2 && pieces.size() < 6) {
            std::uint64_t size = (1 + random() % 5) * page_size;
            bool zero = true, any = random() % 2;
            auto address = any ? host.memory.allocate_any(size, page_size << random() % 3, zero) : host.memory.allocate(size, page_size);
            if (!address)
                continue;
            if ((!any || zero) && !all(*address, size, 0))
                good = false;
            auto value = static_cast<char>(1 + random() % 100);
            fill(*address, size, value);
            pieces.push_back({*address, size, value});
        } else if (!pieces.empty()) {
            std::swap(pieces[random() % pieces.size()], pieces.back());
            Piece piece = pieces.back();
            pieces.pop_back();
            if (!all(piece.address, piece.size, piece.value))
                good = false;
            host.memory.release(piece.address, piece.size);
        }
        if (i % 64 == 0)
            std::this_thread::yield();
    }
    for (Piece& piece : pieces)
        host.memory.release(piece.address, piece.size);
}

TEST_F(OwnMemoryThreaded, PagesAreOneThreadsAtATime)
{
    std::atomic<bool> good = true;
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 3; ++seed)
        threads.emplace_back([&, seed] { use_pages(*this, seed, good); });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_TRUE(good);
    EXPECT_EQ(memory.free_bytes(), pages * page_size);
    auto whole = memory.allocate(pages * page_size, page_size);
    ASSERT_TRUE(whole);
    EXPECT_TRUE(all(*whole, pages * page_size, 0));
}

TEST_F(OwnMemoryThreaded, HeapMovesAreOneThreadsAtATime)
{
    std::atomic<bool> good = true;
    auto grow = [&] {
        enter_thread();
        for (int i = 0; i < 500; ++i) {
            auto address = memory.move_heap(200);
            if (!address || !all(*address, 200, 0))
                good = false;
            else
                fill(*address, 200, 1);
        }
    };
    std::thread one(grow);
    grow();
    one.join();
    EXPECT_TRUE(good);
    EXPECT_EQ(memory.move_heap(0), base + 1000 * 200);
}

} // namespace
