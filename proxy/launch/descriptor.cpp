// SPDX-License-Identifier: MIT
// The launch descriptor of a virtual machine. CPU n has APIC id n and its block is the n-th.
#include "launch/descriptor.hpp"

#include <skellig/call.h>
#include <skellig/mailbox.h>
#include <skellig/qemu.h>

#include <algorithm>
#include <cstring>

namespace skl {
namespace {

// int 0x81; ret
constexpr unsigned char call_page[] = {0xcd, SKL_CALL_VECTOR, 0xc3};

void fill_cpus(skl_launch& launch, std::uint32_t cpus)
{
    launch.cpus = cpus;
    for (std::uint32_t i = 0; i < cpus; i++)
        launch.cpu[i] = {SKL_QEMU_BLOCKS_PA + std::uint64_t{i} * SKL_CPU_BLOCK_SIZE, i, 0};
}

}

std::vector<skl_segment> launch_segments(const std::vector<Segment>& segments)
{
    std::vector<skl_segment> result;
    for (const Segment& segment : segments)
        result.push_back({segment.page_begin(), segment.page_end() - segment.page_begin(), segment.rights, 0});
    return result;
}

void write_control_area(std::span<std::byte> control, const MemoryPlan& plan, std::uint32_t cpus, std::uint64_t entry,
                        const std::vector<skl_segment>& segments, std::uint64_t tsc_khz)
{
    skl_launch launch{};
    launch.magic = SKL_ABI_MAGIC;
    launch.revision = SKL_ABI_REVISION;
    launch.flags = SKL_LAUNCH_QEMU;
    launch.enclave = 1;
    launch.control_pa = SKL_QEMU_LAUNCH_PA;
    launch.control_size = plan.control_size;
    launch.public_pa = SKL_QEMU_LAUNCH_PA + plan.public_offset;
    launch.public_size = plan.public_size;
    launch.entry = entry;
    launch.tsc_khz = tsc_khz;
    fill_cpus(launch, cpus);
    launch.extents = static_cast<std::uint32_t>(plan.extents.size());
    std::copy(plan.extents.begin(), plan.extents.end(), launch.extent);
    launch.segments = static_cast<std::uint32_t>(segments.size());
    std::copy(segments.begin(), segments.end(), launch.segment);
    std::memcpy(control.data() + SKL_CONTROL_LAUNCH, &launch, sizeof launch);

    skl_control state{};
    state.doorbell_armed = 1;
    std::memcpy(control.data() + SKL_CONTROL_STATE, &state, sizeof state);
    std::memcpy(control.data() + SKL_CONTROL_CALL, call_page, sizeof call_page);
}

}
