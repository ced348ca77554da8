// SPDX-License-Identifier: MIT
// Which memory blocks are taken first, what /proc/iomem says, and the words for refusals.
#include "base/failure.hpp"
#include "node/cpu_choice.hpp"
#include "node/device.hpp"
#include "node/memory_blocks.hpp"
#include "node/reservation.hpp"

#include <gtest/gtest.h>

namespace skl {
namespace {

constexpr std::uint64_t size = 0x8000000;
constexpr const char* iomem = "00001000-0009fbff : System RAM\n"
                              "00100000-bffdffff : System RAM\n"
                              "  19000000-1a1fffff : Kernel code\n"
                              "  1a200000-1aa00fff : Kernel rodata\n"
                              "  28000000-2fffffff : Crash kernel\n"
                              "fed00000-fed003ff : HPET 0\n"
                              "100000000-13fffffff : System RAM\n";

MemoryBlock block(std::uint64_t number, bool movable = false, bool online = true)
{
    return {number, number * size, online, movable};
}

std::vector<std::uint64_t> numbers(const std::vector<MemoryBlock>& blocks)
{
    std::vector<std::uint64_t> result;
    for (const MemoryBlock& one : blocks)
        result.push_back(one.number);
    return result;
}

TEST(Iomem, IsReadWithNesting)
{
    auto ranges = parse_iomem(iomem);
    ASSERT_EQ(ranges.size(), 7u);
    EXPECT_EQ(ranges[1].end, 0xbffe0000u);
    EXPECT_EQ(ranges[2].depth, 1u);
    EXPECT_EQ(ranges[2].name, "Kernel code");
    EXPECT_TRUE(parse_iomem("nonsense\n").empty());
}

TEST(RemovalOrder, SkipsKernelHolesAndOfflineBlocks)
{
    // 0 and 23 have holes, 3 holds the kernel, 5 the crash kernel, 4 is offline.
    auto order = removal_order({block(0), block(2), block(3), block(4, false, false), block(5), block(6), block(23)}, size, parse_iomem(iomem));
    EXPECT_EQ(numbers(order), (std::vector<std::uint64_t>{6, 2}));
}

TEST(RemovalOrder, PrefersMovableThenTopDownAndTheEndsLast)
{
    auto order = removal_order({block(32), block(33), block(34), block(35, true), block(36), block(37)}, size, parse_iomem(iomem));
    EXPECT_EQ(numbers(order), (std::vector<std::uint64_t>{35, 36, 34, 33, 37, 32}));
}

TEST(RemovalOrder, PutsTheTopBlockLastThoughItIsMovable)
{
    auto order = removal_order({block(33), block(34), block(35, true), block(36, true), block(37, true)}, size, parse_iomem(iomem));
    EXPECT_EQ(numbers(order), (std::vector<std::uint64_t>{36, 35, 34, 37, 33}));
}

TEST(RemovalOrder, OfNothingIsNothing)
{
    EXPECT_TRUE(removal_order({}, size, parse_iomem(iomem)).empty());
}

TEST(MemoryWishes, AreSizesAtNodes)
{
    auto wishes = parse_memory_wishes("512M@1,1G@0");
    ASSERT_EQ(wishes.size(), 2u);
    EXPECT_EQ(wishes[0].size, 512ULL << 20);
    EXPECT_EQ(wishes[0].node, 1u);
    for (const char* text : {"", "512M", "@1", "512M@", "some@1", "512M@one", "512M@1,", "512M@99999"})
        EXPECT_THROW(parse_memory_wishes(text), Failure) << text;
}

TEST(WholePool, JoinsBlocksAndKeepsKindsApart)
{
    PoolStatus status{};
    status.cpus = {{3, 3, 1, SKL_POOL_FREE, 0, 0, 0}, {2, 2, 1, SKL_POOL_QUARANTINED, 0, 0, 0}};
    status.memory = {{4 * size, size / 2, 1, SKL_POOL_FREE, SKL_SOURCE_BLOCK, 0, 0},
                     {3 * size, size, 1, SKL_POOL_FREE, SKL_SOURCE_BLOCK, 0, 0},
                     {4 * size + size / 2, size / 2, 1, SKL_POOL_CLEANING, SKL_SOURCE_BLOCK, 0, 0},
                     {8 * size, size, 0, SKL_POOL_FREE, SKL_SOURCE_CONTIG, 0, 0},
                     {9 * size, size, 0, SKL_POOL_FREE, SKL_SOURCE_FOUND_OFFLINE, 0, 0}};
    Taken taken = whole_pool(status);
    EXPECT_EQ(taken.cpus, (std::vector<unsigned>{3}));
    ASSERT_EQ(taken.blocks.size(), 1u);
    EXPECT_EQ(taken.blocks[0].pa, 3 * size);
    EXPECT_EQ(taken.blocks[0].size, 2 * size);
    EXPECT_EQ(taken.found_offline.size(), 1u);
    EXPECT_EQ(taken.contig_nodes, (std::vector<unsigned>{0}));
}

TEST(ChooseCpus, TakesWholeCoresFromTheTopAndLeavesOneOnEachNode)
{
    // Two nodes of two cores with two threads each: 0,4 1,5 | 2,6 3,7.
    std::vector<CpuPlace> places;
    for (unsigned cpu = 0; cpu < 8; cpu++)
        places.push_back({cpu, cpu % 4 / 2, cpu % 4, true});
    EXPECT_EQ(choose_cpus(places, 1, std::nullopt), (std::vector<unsigned>{3, 7}));
    EXPECT_EQ(choose_cpus(places, 2, 0), (std::vector<unsigned>{1, 5}));
    EXPECT_EQ(choose_cpus(places, 3, std::nullopt), std::nullopt);
    EXPECT_EQ(choose_cpus(places, 1, 7), std::nullopt);
    places[3].online = places[7].online = false;
    EXPECT_EQ(choose_cpus(places, 1, 1), std::nullopt);
}

TEST(Refusals, NameThingReasonAndRemedy)
{
    for (std::uint32_t reason = SKL_REFUSED_REVISION; reason <= SKL_REFUSED_POOL_EMPTY; reason++) {
        RefusalText text = describe({reason, 5, 4096, 123, 0}, 1);
        EXPECT_FALSE(text.cause.empty()) << reason;
        EXPECT_FALSE(text.hint.empty()) << reason;
    }
    EXPECT_EQ(describe({SKL_REFUSED_CPU_BUSY, 5, 0, 123, 0}, 16).cause, "CPU 5 is in use by process 123");
    EXPECT_NE(describe({SKL_REFUSED_POOL_EMPTY, ~0u, 0, 0, 0}, 16).hint.find("skellig reserve"), std::string::npos);
}

}
}
