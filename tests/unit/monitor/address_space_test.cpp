// SPDX-License-Identifier: MIT
// map, unmap and protect over plain memory: answers, bounds, and that the fence holds after anything.
#include "monitor/address_space.h"

#include <gtest/gtest.h>
#include <random>

#include "../hw/table_memory.h"
#include "launch_builder.h"

namespace {

using namespace skl;
using x86::Entry;

constexpr std::uint64_t page = 4096, large = 2 << 20, own = SKL_OWN_BASE;
constexpr std::uint64_t rw = SKL_RIGHT_READ | SKL_RIGHT_WRITE;

struct Isle {
    explicit Isle(std::size_t frames = 700, PageLevels levels = {2, 2})
        : memory(frames), root(memory.allocate()), tables(memory, root), space(memory, root, *launch, levels)
    {
        EXPECT_TRUE(tables.map(own, test_own_pa, test_own_size, entry_flags(rw), levels.data));
    }

    Entry entry(std::uint64_t va) { return *tables.find(va).entry; }
    bool writable(std::uint64_t va) { return entry(va).is_present() && (entry(va).bits & Entry::writable); }

    std::unique_ptr<skl_launch> launch = good_launch();
    TableMemoryInArray memory;
    std::uint64_t root;
    x86::PageTables<TableMemoryInArray> tables;
    AddressSpace<TableMemoryInArray> space;
};

TEST(AddressSpace, ProtectOfOnePageLeavesItsNeighboursAlone)
{
    Isle isle;
    Change change = isle.space.protect(own + page, page, SKL_RIGHT_READ);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(page));
    EXPECT_TRUE(change.flush);
    EXPECT_TRUE(isle.writable(own));
    EXPECT_FALSE(isle.writable(own + page));
    EXPECT_TRUE(isle.entry(own + page).is_present());
    EXPECT_TRUE(isle.writable(own + 2 * page));
    EXPECT_EQ(isle.entry(own + page).address(), test_own_pa + page);
}

TEST(AddressSpace, NoRightsMeansNotPresentButStillMapped)
{
    Isle isle;
    isle.space.protect(own, large, 0);
    EXPECT_FALSE(isle.entry(own).is_present());
    EXPECT_TRUE(isle.entry(own).is_mapped());
    Change change = isle.space.protect(own, page, rw);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(page));
    EXPECT_TRUE(isle.writable(own));
    EXPECT_EQ(isle.entry(own).address(), test_own_pa);
    EXPECT_FALSE(isle.entry(own + page).is_present());
}

TEST(AddressSpace, UnmapThenMapGivesTheSameMemory)
{
    Isle isle;
    isle.space.unmap(own + 7 * page, page);
    EXPECT_FALSE(isle.entry(own + 7 * page).is_mapped());
    EXPECT_EQ(isle.space.protect(own + 7 * page, page, rw).answer, answer(Error::fault));
    EXPECT_EQ(isle.space.unmap(own + 7 * page, page).answer, static_cast<std::int64_t>(page));
    Change change = isle.space.map(own + 7 * page, page, rw);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(page));
    EXPECT_FALSE(change.flush); // nothing was there that another CPU could remember
    EXPECT_EQ(isle.entry(own + 7 * page).address(), test_own_pa + 7 * page);
}

TEST(AddressSpace, MapOfAHoleUsesLargePagesAgain)
{
    Isle isle;
    isle.space.unmap(own, 2 * large);
    std::size_t before = isle.memory.used();
    EXPECT_EQ(isle.space.map(own, 2 * large, rw).answer, static_cast<std::int64_t>(2 * large));
    EXPECT_EQ(isle.tables.find(own).level, 2u);
    EXPECT_EQ(isle.memory.used(), before);
}

TEST(AddressSpace, WritableAndExecutableIfItIsAskedFor)
{
    Isle isle;
    isle.space.protect(own, page, rw);
    EXPECT_TRUE(isle.entry(own).bits & Entry::no_execute);
    isle.space.protect(own, page, 7);
    EXPECT_EQ(isle.entry(own).bits & (Entry::writable | Entry::no_execute), Entry::writable);
    EXPECT_EQ(isle.space.protect(own, page, 8).answer, answer(Error::invalid));
    EXPECT_EQ(isle.space.protect(own, page, 1ULL << 32).answer, answer(Error::invalid));
    isle.space.protect(own, page, SKL_RIGHT_EXECUTE);
    EXPECT_FALSE(isle.entry(own).bits & (Entry::writable | Entry::no_execute));
}

TEST(AddressSpace, RefusesWhatIsNotPagesOfTheIsle)
{
    Isle isle;
    EXPECT_EQ(isle.space.map(own + 1, page, rw).answer, answer(Error::invalid));
    EXPECT_EQ(isle.space.map(own, page + 1, rw).answer, answer(Error::invalid));
    EXPECT_EQ(isle.space.map(own, 0, rw).answer, answer(Error::invalid));
    EXPECT_EQ(isle.space.map(own, ~(page - 1), rw).answer, answer(Error::invalid));
    for (std::uint64_t va : {std::uint64_t{0}, own - page, own + test_own_size, std::uint64_t{SKL_PUBLIC_BASE}, std::uint64_t{SKL_CALL_PAGE},
                             std::uint64_t{SKL_GRANT_BASE}, std::uint64_t{SKL_WINDOW_BASE}, std::uint64_t{SKL_MONITOR_BASE}}) {
        EXPECT_EQ(isle.space.map(va, page, rw).answer, answer(Error::fault)) << std::hex << va;
        EXPECT_EQ(isle.space.unmap(va, page).answer, answer(Error::fault)) << std::hex << va;
    }
}

TEST(AddressSpace, NothingBelowTheImageMinimumEvenInsideAnExtent)
{
    Isle isle;
    isle.launch->extent[0] = {0, test_image_pa, 0x400000, 0, SKL_EXTENT_IMAGE};
    EXPECT_EQ(isle.space.map(0, page, rw).answer, answer(Error::fault));
    EXPECT_EQ(isle.space.map(SKL_IMAGE_MIN, page, rw).answer, static_cast<std::int64_t>(page));
    EXPECT_EQ(isle.entry(SKL_IMAGE_MIN).address(), test_image_pa + SKL_IMAGE_MIN);
}

TEST(AddressSpace, StopsAtTheEndOfAnExtentWithWhatIsDone)
{
    Isle isle;
    Change change = isle.space.protect(own + test_own_size - page, 2 * page, SKL_RIGHT_READ);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(page));
}

TEST(AddressSpace, EachCallDoesBoundedWork)
{
    Isle isle(5000, {1, 1});
    Change change = isle.space.protect(own, test_own_size, SKL_RIGHT_READ);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(SKL_CALL_MAX_ENTRIES * page));
    change = isle.space.unmap(own, test_own_size);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(SKL_CALL_MAX_ENTRIES * page));
}

TEST(AddressSpace, ASplitCountsAsAWholeTable)
{
    Isle isle;
    Change change = isle.space.protect(own + page, large, SKL_RIGHT_READ);
    EXPECT_EQ(change.answer, static_cast<std::int64_t>(page)); // 512 entries written for the split, then one changed
}

TEST(AddressSpace, SplitsCodePagesWhereTheProcessorNeedsIt)
{
    Isle isle(700, {2, 1});
    isle.space.protect(own, large, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE);
    EXPECT_EQ(isle.tables.find(own).level, 1u);
    EXPECT_EQ(isle.tables.find(own + large).level, 2u);
}

TEST(AddressSpace, AnswersNoMemoryWhenTheTablesAreUsedUp)
{
    Isle isle(5); // root and the tables of own memory
    std::size_t left = 5 - isle.memory.used();
    for (std::size_t i = 0; i < left; ++i)
        EXPECT_GT(isle.space.protect(own + i * large, page, SKL_RIGHT_READ).answer, 0);
    Change change = isle.space.protect(own + left * large, page, SKL_RIGHT_READ);
    EXPECT_EQ(change.answer, answer(Error::no_memory));
    EXPECT_TRUE(isle.writable(own + left * large));
}

// Every leaf of the tree, as the processor sees it.
template <typename Check>
void for_each_leaf(Isle& isle, std::uint64_t table, unsigned level, std::uint64_t va, Check check)
{
    for (unsigned i = 0; i < 512; ++i) {
        Entry entry = isle.memory.table(table)[i];
        std::uint64_t at = va + i * x86::page_size(level);
        if (!entry.is_present())
            continue;
        if (entry.is_leaf(level))
            check(at, entry, level);
        else
            for_each_leaf(isle, entry.address(), level - 1, at, check);
    }
}

TEST(AddressSpace, RandomCallsNeverOpenTheFence)
{
    Isle isle;
    std::mt19937_64 random(4711);
    for (int i = 0; i < 2000; ++i) {
        std::uint64_t va = own + random() % (test_own_size / page) * page;
        if (random() % 8 == 0)
            va = random() & ~(page - 1);
        if (random() % 8 == 0)
            va = 0x800000 + random() % 1024 * page;
        std::uint64_t size = (1 + random() % (random() % 2 ? 4 : 4096)) * page;
        std::uint64_t rights = random() % 9;
        switch (random() % 3) {
        case 0: isle.space.map(va, size, rights); break;
        case 1: isle.space.unmap(va, size); break;
        default: isle.space.protect(va, size, rights);
        }
    }
    for_each_leaf(isle, isle.root, 4, 0, [&](std::uint64_t va, Entry entry, unsigned level) {
        const skl_extent* extent = extent_of(*isle.launch, va);
        ASSERT_NE(extent, nullptr) << std::hex << va;
        EXPECT_EQ(entry.address() - extent->pa, va - extent->va);
        EXPECT_LE(va + x86::page_size(level), extent->va + extent->size);
    });
}

} // namespace
