// SPDX-License-Identifier: MIT
// The page-table code on plain memory: what it maps, splits, and what it does when frames run out.
#include "hw/x86/page_tables.h"

#include <gtest/gtest.h>

#include "table_memory.h"

namespace {

using namespace skl::x86;

constexpr std::uint64_t data = Entry::present | Entry::user | Entry::writable | Entry::no_execute;
constexpr std::uint64_t mib2 = 2 << 20, gib = 1 << 30;

struct Tree {
    explicit Tree(std::size_t frames = 64) : memory(frames), tables(memory, memory.allocate()) {}

    Entry entry(std::uint64_t va) { return *tables.find(va).entry; }
    unsigned level(std::uint64_t va) { return tables.find(va).level; }
    // What a processor would make of va; ~0 when it would fault.
    std::uint64_t translate(std::uint64_t va)
    {
        Slot slot = tables.find(va);
        return slot.entry->is_present() ? slot.entry->address() + (va & (slot.size() - 1)) : ~0ULL;
    }

    TableMemoryInArray memory;
    PageTables<TableMemoryInArray> tables;
};

TEST(PageTables, UsesTheLargestPageThatAlignmentPermits)
{
    Tree tree;
    ASSERT_TRUE(tree.tables.map(gib - mib2, 3 * gib - mib2, 2 * gib + 2 * mib2 + 4096, data, 3));
    EXPECT_EQ(tree.level(gib - mib2), 2u);
    EXPECT_EQ(tree.level(gib), 3u);
    EXPECT_EQ(tree.level(2 * gib), 3u);
    EXPECT_EQ(tree.level(3 * gib), 2u);
    EXPECT_EQ(tree.level(3 * gib + mib2), 1u);
    EXPECT_EQ(tree.translate(3 * gib + mib2 + 7), 5 * gib + mib2 + 7);
    EXPECT_EQ(tree.translate(3 * gib + mib2 + 4096), ~0ULL);
    EXPECT_EQ(tree.translate(gib - mib2 - 1), ~0ULL);
}

TEST(PageTables, NeverUsesLargerPagesThanAllowed)
{
    Tree tree;
    ASSERT_TRUE(tree.tables.map(gib, gib, gib, data, 2));
    EXPECT_EQ(tree.level(gib), 2u);
    EXPECT_TRUE(tree.entry(gib).bits & Entry::huge);
}

TEST(PageTables, DoesNotUseALargePageForMisalignedMemory)
{
    Tree tree;
    ASSERT_TRUE(tree.tables.map(mib2, 4096, mib2, data, 3));
    EXPECT_EQ(tree.level(mib2), 1u);
    EXPECT_EQ(tree.translate(2 * mib2 - 1), mib2 + 4095);
}

TEST(PageTables, SplitKeepsEveryTranslationAndRight)
{
    Tree tree;
    ASSERT_TRUE(tree.tables.map(gib, 4 * gib, gib, data, 3));
    ASSERT_TRUE(tree.tables.split(tree.tables.find(gib)));
    EXPECT_EQ(tree.level(gib), 2u);
    ASSERT_TRUE(tree.tables.split(tree.tables.find(gib + mib2)));
    EXPECT_EQ(tree.level(gib + mib2), 1u);
    EXPECT_FALSE(tree.entry(gib + mib2).bits & Entry::huge);
    for (std::uint64_t va : {gib, gib + mib2, gib + mib2 + 5 * 4096 + 3, 2 * gib - 1}) {
        EXPECT_EQ(tree.translate(va), va + 3 * gib);
        EXPECT_EQ(tree.entry(va).bits & data, data);
    }
}

TEST(PageTables, SplitOfALeafWithoutRightsStaysInvisible)
{
    Tree tree;
    ASSERT_TRUE(tree.tables.map(mib2, mib2, mib2, Entry::kept | Entry::user | Entry::no_execute, 3));
    ASSERT_TRUE(tree.tables.split(tree.tables.find(mib2)));
    EXPECT_EQ(tree.level(mib2 + 4096), 1u);
    EXPECT_EQ(tree.translate(mib2 + 4096), ~0ULL);
    EXPECT_TRUE(tree.entry(mib2 + 4096).is_mapped());
    EXPECT_EQ(tree.entry(mib2 + 4096).address(), mib2 + 4096);
}

TEST(PageTables, SupervisorTablesCarryNoUserBit)
{
    Tree tree;
    constexpr std::uint64_t va = 0xffffc00000000000;
    ASSERT_TRUE(tree.tables.map(va, 0, 4096, Entry::present | Entry::writable | Entry::no_execute, 3));
    Entry* root = tree.memory.table(tree.memory.first());
    EXPECT_FALSE(root[index(va, 4)].bits & Entry::user);
    EXPECT_TRUE(root[index(va, 4)].bits & Entry::present);
}

TEST(PageTables, ReportsWhenFramesAreUsedUp)
{
    Tree tree(3);
    EXPECT_FALSE(tree.tables.map(0x200000000000, 0, 4096, data, 3));
    Tree enough(4);
    EXPECT_TRUE(enough.tables.map(0x200000000000, 0, 4096, data, 3));
}

} // namespace
