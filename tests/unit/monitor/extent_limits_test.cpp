// SPDX-License-Identifier: MIT
// A page that is larger than what is left of its extent is never used, whatever the range of the call.
#include "monitor/address_space.h"

#include <gtest/gtest.h>

#include "../hw/table_memory.h"
#include "launch_builder.h"

namespace {

using namespace skl;

constexpr std::uint64_t large = 2 << 20, gib = 1 << 30, own = SKL_OWN_BASE;
constexpr std::uint64_t rw = SKL_RIGHT_READ | SKL_RIGHT_WRITE;

using Space = AddressSpace<TableMemoryInArray>;

// As the library kernel does it: on from where the last call stopped. The error that ended it, or 0.
std::int64_t map_all(Space& space, std::uint64_t va, std::uint64_t size)
{
    for (std::uint64_t done = 0; done < size;) {
        std::int64_t answer = space.map(va + done, size - done, rw).answer;
        if (answer <= 0)
            return answer;
        done += static_cast<std::uint64_t>(answer);
    }
    return 0;
}

TEST(ExtentLimits, NoGigabytePageReachesBehindASmallExtent)
{
    auto launch = good_launch();
    launch->extent[1].size = 3 * large;
    TableMemoryInArray memory(16);
    std::uint64_t root = memory.allocate();
    Space space(memory, root, *launch, PageLevels{3, 3});
    EXPECT_EQ(map_all(space, own, gib), answer(Error::fault));
    x86::PageTables<TableMemoryInArray> tables(memory, root);
    EXPECT_EQ(tables.find(own).level, 2u);
    EXPECT_FALSE(tables.find(own + 3 * large).entry->is_mapped());
}

TEST(ExtentLimits, ARangeMayCrossIntoTheNextExtentWithItsOwnMemory)
{
    auto launch = good_launch();
    launch->extents = 3;
    launch->extent[1].size = large;
    launch->extent[2] = {own + large, 0x100000000, large, 0, SKL_EXTENT_OWN};
    TableMemoryInArray memory(16);
    std::uint64_t root = memory.allocate();
    Space space(memory, root, *launch, PageLevels{3, 3});
    EXPECT_EQ(map_all(space, own, 2 * large), 0);
    x86::PageTables<TableMemoryInArray> tables(memory, root);
    EXPECT_EQ(tables.find(own).entry->address(), test_own_pa);
    EXPECT_EQ(tables.find(own + large).entry->address(), 0x100000000u);
}

} // namespace
