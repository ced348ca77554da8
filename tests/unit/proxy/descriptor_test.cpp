// SPDX-License-Identifier: MIT
// The control area a virtual machine starts from, and where its parts lie.
#include "launch/descriptor.hpp"

#include <skellig/call.h>
#include <skellig/mailbox.h>
#include <skellig/public.h>
#include <skellig/qemu.h>
#include <skellig/ring.h>

#include <gtest/gtest.h>

#include <cstring>
#include <memory>

namespace skl {
namespace {

constexpr std::uint64_t mib = 1 << 20, gib = 1 << 30;
constexpr std::uint64_t low_limit = 3 * gib;

Image image()
{
    return {0x801000, {{0x800000, 0x800, 0, 0x800, SKL_RIGHT_READ}, {0x801000, 0x1801, 0x1000, 0x1801, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE}}};
}

TEST(MemoryPlan, PutsControlImageAndOwnMemoryOneAfterAnother)
{
    MemoryPlan plan = plan_memory(image(), 2, 512 * mib, low_limit);
    ASSERT_EQ(plan.extents.size(), 2u);
    EXPECT_EQ(plan.control_size % SKL_EXTENT_ALIGN, 0u);
    EXPECT_EQ(plan.extents[0].kind, SKL_EXTENT_IMAGE);
    EXPECT_EQ(plan.extents[0].va, 0x800000u);
    EXPECT_EQ(plan.extents[0].pa, SKL_QEMU_LAUNCH_PA + plan.control_size);
    EXPECT_EQ(plan.extents[1].va, static_cast<std::uint64_t>(SKL_OWN_BASE));
    EXPECT_EQ(plan.extents[1].pa, plan.extents[0].pa + plan.extents[0].size);
    EXPECT_EQ(plan.extents[1].size, 512 * mib);
    EXPECT_EQ(plan.ram_size, plan.extents[1].pa + 512 * mib);
}

TEST(MemoryPlan, PublicAreaIsTheControlAreasLastLargePages)
{
    for (std::uint32_t cpus : {1u, 7u, 64u}) {
        MemoryPlan plan = plan_memory(image(), cpus, 64 * mib, low_limit);
        EXPECT_GE(plan.public_size, SKL_PUBLIC_SIZE(cpus));
        EXPECT_EQ(plan.public_offset % SKL_EXTENT_ALIGN, 0u);
        EXPECT_LE(plan.public_offset + plan.public_size, plan.control_size);
        EXPECT_LT(plan.control_size - plan.public_offset - plan.public_size, SKL_EXTENT_ALIGN);
        EXPECT_GE(plan.public_offset, SKL_CONTROL_TABLES + 64u * SKL_PAGE_SIZE);
    }
}

TEST(MemoryPlan, HasTablesForEvery4KibPage)
{
    MemoryPlan plan = plan_memory(image(), 1, 2 * gib, low_limit);
    EXPECT_GE(plan.public_offset - SKL_CONTROL_TABLES, 2 * gib / SKL_EXTENT_ALIGN * SKL_PAGE_SIZE);
}

TEST(MemoryPlan, StepsOverTheDeviceHole)
{
    MemoryPlan plan = plan_memory(image(), 1, 6 * gib, low_limit);
    ASSERT_EQ(plan.extents.size(), 3u);
    EXPECT_EQ(plan.extents[1].pa + plan.extents[1].size, low_limit);
    EXPECT_EQ(plan.extents[2].pa, 4 * gib);
    EXPECT_EQ(plan.extents[2].va, plan.extents[1].va + plan.extents[1].size);
    EXPECT_EQ(plan.extents[1].size + plan.extents[2].size, 6 * gib);
    EXPECT_EQ(file_offset(plan.extents[2].pa, low_limit), low_limit);
    EXPECT_EQ(file_offset(plan.extents[2].pa, low_limit) + plan.extents[2].size, plan.ram_size);
}

TEST(MemoryPlan, RoundsMemoryUp)
{
    EXPECT_EQ(plan_memory(image(), 1, 5 * mib, low_limit).extents[1].size, 6 * mib);
}

class ControlArea : public testing::Test {
protected:
    static constexpr std::uint32_t cpus = 3;
    MemoryPlan plan = plan_memory(image(), cpus, 64 * mib, low_limit);
    std::vector<std::byte> area = std::vector<std::byte>(SKL_CONTROL_TABLES);
    skl_launch launch{};
    skl_control state{};

    void SetUp() override
    {
        write_control_area(area, plan, cpus, image().entry, launch_segments(image().segments), 2'600'000);
        std::memcpy(&launch, area.data() + SKL_CONTROL_LAUNCH, sizeof launch);
        std::memcpy(&state, area.data() + SKL_CONTROL_STATE, sizeof state);
    }
};

TEST_F(ControlArea, NamesItself)
{
    EXPECT_EQ(launch.magic, SKL_ABI_MAGIC);
    EXPECT_EQ(launch.revision, SKL_ABI_REVISION);
    EXPECT_EQ(launch.flags, SKL_LAUNCH_QEMU);
    EXPECT_EQ(launch.control_pa, static_cast<std::uint64_t>(SKL_QEMU_LAUNCH_PA));
    EXPECT_EQ(launch.public_pa % SKL_EXTENT_ALIGN, 0u);
    EXPECT_LE(launch.public_pa + launch.public_size, launch.control_pa + launch.control_size);
    EXPECT_EQ(launch.tsc_khz, 2'600'000u);
    EXPECT_EQ(launch.grants, 0u);
}

TEST_F(ControlArea, GivesEachCpuItsBlock)
{
    ASSERT_EQ(launch.cpus, cpus);
    for (std::uint32_t i = 0; i < cpus; i++) {
        EXPECT_EQ(launch.cpu[i].apic_id, i);
        EXPECT_EQ(launch.cpu[i].block_pa, SKL_QEMU_BLOCKS_PA + i * static_cast<std::uint64_t>(SKL_CPU_BLOCK_SIZE));
    }
}

TEST_F(ControlArea, HasWholePagesAsSegments)
{
    ASSERT_EQ(launch.segments, 2u);
    EXPECT_EQ(launch.segment[1].va, 0x801000u);
    EXPECT_EQ(launch.segment[1].size, 0x2000u);
    EXPECT_EQ(launch.segment[1].rights, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE);
    EXPECT_EQ(launch.entry, 0x801000u);
}

TEST_F(ControlArea, ArmsTheDoorbellAndHoldsTheCallPage)
{
    EXPECT_EQ(state.doorbell_armed, 1u);
    EXPECT_EQ(state.record.kind, SKL_RECORD_NONE);
    const unsigned char code[] = {0xcd, 0x81, 0xc3};
    EXPECT_EQ(std::memcmp(area.data() + SKL_CONTROL_CALL, code, sizeof code), 0);
}

}
}
