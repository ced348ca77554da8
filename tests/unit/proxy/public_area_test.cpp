// SPDX-License-Identifier: MIT
// Boot page, per-CPU pages and the argument block.
#include "base/failure.hpp"
#include "launch/public_area.hpp"

#include <skellig/call.h>

#include <gtest/gtest.h>

#include <cstring>
#include <unistd.h>

namespace skl {
namespace {

constexpr std::uint64_t mib = 1 << 20;
using Texts = std::vector<std::string>;

Image image()
{
    return {0x800000, {{0x800000, 0x1234, 0, 0x1234, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE}}};
}

Grant grant(std::vector<skl_extent> own)
{
    Grant grant;
    grant.cpus = 2;
    grant.node = 1;
    grant.tsc_khz = 1000;
    grant.boot_flags = SKL_BOOT_QEMU;
    grant.extents = {{0x800000, 0, 2 * mib, 0, SKL_EXTENT_IMAGE}};
    grant.extents.insert(grant.extents.end(), own.begin(), own.end());
    return grant;
}

class Area : public testing::Test {
protected:
    std::vector<std::byte> memory = std::vector<std::byte>(SKL_PUBLIC_SIZE(2));
    PublicArea area{memory.data(), 2};
};

TEST_F(Area, BootPageTellsWhatThereIs)
{
    Grant got = grant({{SKL_OWN_BASE, 0, 8 * mib, 0, SKL_EXTENT_OWN}, {SKL_OWN_BASE + 8 * mib, 0, 4 * mib, 1, SKL_EXTENT_OWN}});
    write_public_area(area, got, image(), 3, 2 * mib, true);
    const skl_boot& boot = area.boot();
    EXPECT_EQ(boot.magic, SKL_ABI_MAGIC);
    EXPECT_EQ(boot.flags, SKL_BOOT_QEMU | SKL_BOOT_VERBOSE);
    EXPECT_EQ(boot.cpus, 2u);
    EXPECT_EQ(boot.own_base, SKL_OWN_BASE + 2 * mib);
    EXPECT_EQ(boot.own_end, SKL_OWN_BASE + 12 * mib);
    EXPECT_EQ(boot.image_end, 0x802000u);
    EXPECT_EQ(boot.argc, 3u);
    EXPECT_EQ(boot.pid, ::getpid());
    EXPECT_EQ(boot.extents, 2u);
    EXPECT_EQ(boot.extent[1].node, 1u);
}

TEST_F(Area, OwnEndStopsAtAGap)
{
    Grant got = grant({{SKL_OWN_BASE, 0, 4 * mib, 0, SKL_EXTENT_OWN}, {SKL_OWN_BASE + 8 * mib, 0, 4 * mib, 0, SKL_EXTENT_OWN}});
    write_public_area(area, got, image(), 1, 2 * mib, false);
    EXPECT_EQ(area.boot().own_end, SKL_OWN_BASE + 4 * mib);
    EXPECT_EQ(area.boot().extents, 2u);
}

TEST_F(Area, RefusesArgumentsThatFillAllMemory)
{
    Grant got = grant({{SKL_OWN_BASE, 0, 2 * mib, 0, SKL_EXTENT_OWN}});
    EXPECT_THROW(write_public_area(area, got, image(), 1, 2 * mib, false), Failure);
}

TEST_F(Area, PerCpuPagesAreMaskedAndKnowThemselves)
{
    write_public_area(area, grant({{SKL_OWN_BASE, 0, 8 * mib, 0, SKL_EXTENT_OWN}}), image(), 1, 2 * mib, false);
    for (std::uint32_t cpu = 0; cpu < 2; cpu++) {
        EXPECT_EQ(area.percpu(cpu).self, SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(cpu));
        EXPECT_EQ(area.percpu(cpu).cpu, cpu);
        EXPECT_EQ(area.percpu(cpu).masked, 1u);
        EXPECT_EQ(area.percpu(cpu).exception.cs, static_cast<std::uint64_t>(SKL_USER_CS));
    }
}

TEST(ArgumentBlock, HoldsPointersThenStrings)
{
    Texts arguments{"./hello", "", "world"}, environment{"A=1"};
    std::uint64_t size = argument_block_size(arguments, environment, "/bin/hello");
    EXPECT_EQ(size, 2 * mib);
    std::vector<std::byte> block(size);
    auto address = reinterpret_cast<std::uint64_t>(block.data());
    std::uint64_t program = write_argument_block(block, address, arguments, environment, "/bin/hello");
    auto** pointers = reinterpret_cast<char**>(block.data());
    EXPECT_STREQ(pointers[0], "./hello");
    EXPECT_STREQ(pointers[1], "");
    EXPECT_STREQ(pointers[2], "world");
    EXPECT_EQ(pointers[3], nullptr);
    EXPECT_STREQ(pointers[4], "A=1");
    EXPECT_EQ(pointers[5], nullptr);
    EXPECT_STREQ(reinterpret_cast<char*>(program), "/bin/hello");
}

TEST(ArgumentBlock, GrowsWithItsContents)
{
    Texts arguments(1, std::string(2 * mib, 'x'));
    EXPECT_EQ(argument_block_size(arguments, {}, ""), 4 * mib);
    EXPECT_EQ(argument_block_size({}, {}, arguments[0]), 4 * mib);
}

}
}
