// SPDX-License-Identifier: MIT
// Every way in which a launch descriptor can be wrong, and which field is then named.
#include "monitor/validate.h"

#include <functional>
#include <gtest/gtest.h>

#include "launch_builder.h"

namespace {

using skl::check_launch;
using skl::launch_valid;

constexpr skl::LaunchContext context{test_control_pa, 1, test_block_pa + SKL_CPU_BLOCK_SIZE};

std::uint32_t after(const std::function<void(skl_launch&)>& spoil)
{
    auto launch = good_launch();
    spoil(*launch);
    return check_launch(*launch, context);
}

#define SPOILED(...) after([](skl_launch& launch) { __VA_ARGS__; })
#define FIELD(name) static_cast<std::uint32_t>(offsetof(skl_launch, name))

TEST(CheckLaunch, AcceptsAGoodDescriptor) { EXPECT_EQ(check_launch(*good_launch(), context), launch_valid); }

TEST(CheckLaunch, RefusesAForeignMagicOrRevision)
{
    EXPECT_EQ(SPOILED(launch.magic ^= 1), FIELD(magic));
    EXPECT_EQ(SPOILED(++launch.revision), FIELD(revision));
    EXPECT_EQ(SPOILED(launch.flags = 2), FIELD(flags));
    EXPECT_EQ(SPOILED(launch.flags = SKL_LAUNCH_QEMU), launch_valid);
    EXPECT_EQ(SPOILED(launch.tsc_khz = 0), FIELD(tsc_khz));
    EXPECT_EQ(SPOILED(launch.grants = 1), FIELD(grants));
}

TEST(CheckLaunch, RefusesAControlAreaElsewhereOrMisshapen)
{
    EXPECT_EQ(SPOILED(launch.control_pa += SKL_EXTENT_ALIGN), FIELD(control_pa));
    EXPECT_EQ(SPOILED(launch.control_size = 0), FIELD(control_size));
    EXPECT_EQ(SPOILED(launch.control_size += 4096), FIELD(control_size));
    EXPECT_EQ(SPOILED(launch.control_size = ~0ULL << 21), FIELD(control_size));
    EXPECT_EQ(SPOILED(launch.control_size = 1ULL << 46), FIELD(control_size));
}

TEST(CheckLaunch, RefusesAPublicAreaThatIsNotInsideTheControlArea)
{
    EXPECT_EQ(SPOILED(launch.public_pa += 1), FIELD(public_pa));
    EXPECT_EQ(SPOILED(launch.public_pa = test_own_pa), FIELD(public_pa));
    EXPECT_EQ(SPOILED(launch.public_pa = test_control_pa), FIELD(public_pa));
    EXPECT_EQ(SPOILED(launch.public_pa = test_control_pa + SKL_CONTROL_STATE), FIELD(public_pa));
    EXPECT_EQ(SPOILED(launch.public_pa += 4096), FIELD(public_size));
    EXPECT_EQ(SPOILED(launch.public_size += 4096), FIELD(public_size));
    EXPECT_EQ(SPOILED(launch.public_pa -= 4096), launch_valid);
}

TEST(CheckLaunch, RefusesWrongCpus)
{
    EXPECT_EQ(SPOILED(launch.cpus = 0), FIELD(cpus));
    EXPECT_EQ(SPOILED(launch.cpus = 1), FIELD(cpus));
    EXPECT_EQ(SPOILED(launch.cpus = SKL_MAX_CPUS + 1), FIELD(cpus));
    EXPECT_EQ(SPOILED(launch.cpu[0].block_pa = launch.cpu[1].block_pa), FIELD(cpu[1]));
    EXPECT_EQ(SPOILED(launch.cpu[0].apic_id = launch.cpu[1].apic_id), FIELD(cpu[1]));
    EXPECT_EQ(SPOILED(launch.cpu[0].block_pa += 4096), FIELD(cpu[0]));
    EXPECT_EQ(SPOILED(launch.cpu[0].block_pa = test_control_pa + 0x10000), FIELD(cpu[0]));
    EXPECT_EQ(SPOILED(launch.cpu[0].block_pa = 1ULL << 46), FIELD(cpu[0]));
    EXPECT_EQ(SPOILED(launch.cpu[1].block_pa += 0x10000), FIELD(cpu[1])); // not the CPU that was told to enter
}

TEST(CheckLaunch, RefusesExtentsOutsideTheAddressMap)
{
    EXPECT_EQ(SPOILED(launch.extents = 0), FIELD(extents));
    EXPECT_EQ(SPOILED(launch.extents = SKL_MAX_EXTENTS + 1), FIELD(extents));
    EXPECT_EQ(SPOILED(launch.extent[1].va = SKL_OWN_BASE - SKL_EXTENT_ALIGN), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[1].va = SKL_OWN_END - SKL_EXTENT_ALIGN), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[1].va = SKL_OWN_END - test_own_size), launch_valid);
    EXPECT_EQ(SPOILED(launch.extent[1].va = SKL_PUBLIC_BASE), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[1].va = 0xffff800000000000), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[0].va = SKL_IMAGE_MAX), FIELD(extent[0].va));
    EXPECT_EQ(SPOILED(launch.extent[0].kind = SKL_EXTENT_OWN), FIELD(extent[0].va));
    EXPECT_EQ(SPOILED(launch.extent[1].kind = 2), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[1].va += 4096), FIELD(extent[1].va));
}

TEST(CheckLaunch, RefusesExtentsOfWrongSizeOrPlaceInMemory)
{
    EXPECT_EQ(SPOILED(launch.extent[1].size = 0), FIELD(extent[1].size));
    EXPECT_EQ(SPOILED(launch.extent[1].size += 4096), FIELD(extent[1].size));
    EXPECT_EQ(SPOILED(launch.extent[1].size = ~0ULL << 21), FIELD(extent[1].va));
    EXPECT_EQ(SPOILED(launch.extent[1].pa += 4096), FIELD(extent[1].pa));
    EXPECT_EQ(SPOILED(launch.extent[1].pa = ~0ULL << 21), FIELD(extent[1].pa));
}

TEST(CheckLaunch, RefusesOverlaps)
{
    EXPECT_EQ(SPOILED(launch.extent[1].pa = launch.extent[0].pa), FIELD(extent[1].pa));
    EXPECT_EQ(SPOILED(launch.extent[0].pa = test_control_pa + SKL_EXTENT_ALIGN), FIELD(extent[0].pa));
    EXPECT_EQ(SPOILED(launch.extent[0].pa = test_control_pa - SKL_EXTENT_ALIGN), FIELD(extent[0].pa));
    EXPECT_EQ(SPOILED(launch.extent[0].pa = test_block_pa & ~(SKL_EXTENT_ALIGN - 1)), FIELD(extent[0].pa));
    EXPECT_EQ(SPOILED(launch.extents = 3; launch.extent[2] = {SKL_OWN_BASE + test_own_size - SKL_EXTENT_ALIGN, 0x100000000,
                                                              SKL_EXTENT_ALIGN, 0, SKL_EXTENT_OWN}),
              FIELD(extent[2].va));
}

TEST(CheckLaunch, RefusesSegmentsOutsideTheImage)
{
    EXPECT_EQ(SPOILED(launch.segments = 0), FIELD(segments));
    EXPECT_EQ(SPOILED(launch.segments = SKL_MAX_SEGMENTS + 1), FIELD(segments));
    EXPECT_EQ(SPOILED(launch.segment[0].va += 16), FIELD(segment[0].va));
    EXPECT_EQ(SPOILED(launch.segment[1].va = 0x80f000), FIELD(segment[1].va)); // overlaps the one before
    EXPECT_EQ(SPOILED(launch.segment[2].size += 4096), FIELD(segment[2].size));
    EXPECT_EQ(SPOILED(launch.segment[2].size = 0), FIELD(segment[2].size));
    EXPECT_EQ(SPOILED(launch.segment[2].size = 100), FIELD(segment[2].size));
    EXPECT_EQ(SPOILED(launch.segment[2].size = ~4095ULL), FIELD(segment[2].size));
    EXPECT_EQ(SPOILED(launch.segment[2].va = SKL_OWN_BASE), FIELD(segment[2].size));
}

TEST(CheckLaunch, RefusesAWritableExecutableSegmentAndOneWithoutRights)
{
    EXPECT_EQ(SPOILED(launch.segment[0].rights = SKL_RIGHT_WRITE | SKL_RIGHT_EXECUTE), FIELD(segment[0].rights));
    EXPECT_EQ(SPOILED(launch.segment[0].rights = 7), FIELD(segment[0].rights));
    EXPECT_EQ(SPOILED(launch.segment[0].rights = 0), FIELD(segment[0].rights));
    EXPECT_EQ(SPOILED(launch.segment[0].rights = 9), FIELD(segment[0].rights));
}

TEST(CheckLaunch, RefusesAnEntryThatIsNotCode)
{
    EXPECT_EQ(SPOILED(launch.entry = 0x810000), FIELD(entry));
    EXPECT_EQ(SPOILED(launch.entry = 0x7fffff), FIELD(entry));
    EXPECT_EQ(SPOILED(launch.entry = 0x80ffff), launch_valid);
    EXPECT_EQ(SPOILED(launch.entry = SKL_MONITOR_BASE), FIELD(entry));
}

TEST(CheckLaunch, LetsASegmentCrossIntoTheNextImageExtent)
{
    EXPECT_EQ(SPOILED(launch.extents = 3; launch.extent[2] = {0xc00000, 0x100000000, 0x200000, 0, SKL_EXTENT_IMAGE};
                      launch.segment[2].size += 0x200000),
              launch_valid);
    EXPECT_EQ(SPOILED(launch.extents = 3; launch.extent[2] = {0xe00000, 0x100000000, 0x200000, 0, SKL_EXTENT_IMAGE};
                      launch.segment[2].size += 0x400000),
              FIELD(segment[2].size));
}

} // namespace
