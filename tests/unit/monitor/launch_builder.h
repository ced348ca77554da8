// SPDX-License-Identifier: MIT
// A launch descriptor with nothing wrong in it, for tests that then spoil one thing.
#pragma once

#include <memory>
#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/launch.h>
#include <skellig/mailbox.h>
#include <skellig/public.h>

constexpr std::uint64_t test_control_pa = 0x40000000, test_control_size = 0x400000, test_block_pa = 0x30000000;
constexpr std::uint64_t test_own_pa = 0x80000000, test_own_size = 0x40000000, test_image_pa = 0x40400000;

inline std::unique_ptr<skl_launch> good_launch()
{
    auto launch = std::make_unique<skl_launch>();
    launch->magic = SKL_ABI_MAGIC;
    launch->revision = SKL_ABI_REVISION;
    launch->enclave = 7;
    launch->control_pa = test_control_pa;
    launch->control_size = test_control_size;
    launch->cpus = 2;
    launch->public_size = (SKL_PUBLIC_SIZE(2) + 4095) & ~4095ULL;
    launch->public_pa = test_control_pa + test_control_size - launch->public_size;
    launch->entry = 0x800100;
    launch->tsc_khz = 2000000;
    for (std::uint32_t i = 0; i < 2; ++i)
        launch->cpu[i] = {test_block_pa + i * SKL_CPU_BLOCK_SIZE, 4 + i, 0};
    launch->extents = 2;
    launch->extent[0] = {0x800000, test_image_pa, 0x400000, 0, SKL_EXTENT_IMAGE};
    launch->extent[1] = {SKL_OWN_BASE, test_own_pa, test_own_size, 0, SKL_EXTENT_OWN};
    launch->segments = 3;
    launch->segment[0] = {0x800000, 0x10000, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE, 0};
    launch->segment[1] = {0x810000, 0x1000, SKL_RIGHT_READ, 0};
    launch->segment[2] = {0x812000, 0x3ee000, SKL_RIGHT_READ | SKL_RIGHT_WRITE, 0};
    return launch;
}
