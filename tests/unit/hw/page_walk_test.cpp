// SPDX-License-Identifier: MIT
// Page tables as the processor walks them: rights are what all levels grant, and it may walk while they change.
#include "hw/x86/page_tables.h"

#include <gtest/gtest.h>
#include <atomic>
#include <thread>

#include "table_memory.h"

namespace {

using namespace skl::x86;

constexpr std::uint64_t data = Entry::present | Entry::user | Entry::writable | Entry::no_execute;
constexpr std::uint64_t code = Entry::present | Entry::user;
constexpr std::uint64_t mib2 = 2 << 20, gib = 1 << 30;

struct Walk {
    bool present, user, writable, execute;
    std::uint64_t pa;
};

// One atomic look at each level, as hardware does it. [sdm/3a] 4.6
Walk walk(TableMemoryInArray& memory, std::uint64_t va)
{
    Walk result{true, true, true, true, 0};
    std::uint64_t table = memory.first();
    for (unsigned level = root_level;; --level) {
        Entry entry{__atomic_load_n(&memory.table(table)[index(va, level)].bits, __ATOMIC_ACQUIRE)};
        if (!entry.is_present())
            return {};
        result.user &= (entry.bits & Entry::user) != 0;
        result.writable &= (entry.bits & Entry::writable) != 0;
        result.execute &= (entry.bits & Entry::no_execute) == 0;
        table = entry.bits & 0x000ffffffffff000ULL;
        if (level == 1 || (entry.bits & Entry::huge)) {
            result.pa = (table & ~(page_size(level) - 1)) + (va & (page_size(level) - 1));
            return result;
        }
    }
}

struct PageWalk : testing::Test {
    TableMemoryInArray memory{64};
    PageTables<TableMemoryInArray> tables{memory, memory.allocate()};
};

TEST_F(PageWalk, UserPagesAreUserOnEveryLevel)
{
    for (std::uint64_t size : {std::uint64_t{4096}, mib2, gib}) {
        std::uint64_t va = 16 * gib + size; // in tables of their own
        ASSERT_TRUE(tables.map(va, 2 * gib, size, data, 3));
        Walk found = walk(memory, va);
        EXPECT_TRUE(found.present && found.user && found.writable) << size;
        EXPECT_FALSE(found.execute) << size;
        EXPECT_EQ(found.pa, 2 * gib) << size;
    }
}

TEST_F(PageWalk, SupervisorPagesStaySoBesideUserPages)
{
    ASSERT_TRUE(tables.map(gib, gib, 4096, data, 3));
    ASSERT_TRUE(tables.map(gib + 4096, gib, 4096, Entry::present | Entry::writable, 3));
    EXPECT_TRUE(walk(memory, gib).user);
    EXPECT_FALSE(walk(memory, gib + 4096).user);
}

TEST_F(PageWalk, SplitMeansTheSameToTheProcessor)
{
    ASSERT_TRUE(tables.map(gib, 4 * gib, gib, data, 3));
    ASSERT_TRUE(tables.map(2 * gib, 7 * gib, gib, code, 3));
    for (std::uint64_t va : {gib, 2 * gib}) {
        Walk before = walk(memory, va + 5 * mib2 + 3 * 4096);
        ASSERT_TRUE(tables.split(tables.find(va)));
        ASSERT_TRUE(tables.split(tables.find(va + 5 * mib2)));
        Walk after = walk(memory, va + 5 * mib2 + 3 * 4096);
        EXPECT_TRUE(after.present);
        EXPECT_EQ(after.user, before.user);
        EXPECT_EQ(after.writable, before.writable);
        EXPECT_EQ(after.execute, before.execute);
        EXPECT_EQ(after.pa, before.pa);
    }
}

TEST_F(PageWalk, RightsOfALeafDoNotLeakIntoItsAddress)
{
    ASSERT_TRUE(tables.map(gib, gib, 4096, data, 1));
    EXPECT_EQ(tables.find(gib).entry->address(), gib);
}

TEST_F(PageWalk, EveryByteOfAMixedRangeIsMappedOnce)
{
    constexpr std::uint64_t va = gib - 3 * 4096, pa = 9 * gib - 3 * 4096, size = gib + mib2 + 5 * 4096;
    ASSERT_TRUE(tables.map(va, pa, size, data, 3));
    for (std::uint64_t offset = 0; offset < size; offset += 4096)
        ASSERT_EQ(walk(memory, va + offset).pa, pa + offset) << std::hex << offset;
    EXPECT_FALSE(walk(memory, va - 1).present);
    EXPECT_FALSE(walk(memory, va + size).present);
}

TEST_F(PageWalk, FramesThatRunOutWhileSplittingLeaveTheOldMapping)
{
    TableMemoryInArray little{2};
    PageTables<TableMemoryInArray> few{little, little.allocate()};
    ASSERT_TRUE(few.split(few.find(gib))); // the last frame: a table of level 3
    EXPECT_FALSE(few.map(gib, gib, 4096, data, 3));
    EXPECT_FALSE(walk(little, gib).present);
}

// Another CPU walks meanwhile: it sees the large page or the whole new table. ThreadSanitizer sees a link that comes too early.
TEST_F(PageWalk, ThreadedWalkersSeeATableOnlyWhenItIsFilled)
{
    ASSERT_TRUE(tables.map(0, 0, 32 * mib2, data, 2));
    std::atomic<int> rounds{0}; // relaxed, like `ended`: nothing but the tables themselves may order what the walker sees
    std::atomic<bool> ended{false};
    std::thread walker([&] {
        for (; !ended.load(std::memory_order_relaxed); rounds.fetch_add(1, std::memory_order_relaxed))
            for (std::uint64_t page = 0; page < 32; ++page)
                EXPECT_EQ(walk(memory, page * mib2 + 4096).pa, page * mib2 + 4096);
    });
    for (std::uint64_t page = 0; page < 32; ++page) {
        EXPECT_TRUE(tables.split(tables.find(page * mib2)));
        for (int before = rounds.load(std::memory_order_relaxed); rounds.load(std::memory_order_relaxed) < before + 2;)
            std::this_thread::yield(); // the walker has been at every page since
    }
    ended.store(true, std::memory_order_relaxed);
    walker.join();
}

} // namespace
