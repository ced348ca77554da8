// SPDX-License-Identifier: MIT
// Filling the public area and the argument block before the isle starts; pointers into them while it runs.
#pragma once

#include "launch/launch.hpp"

#include <skellig/public.h>
#include <skellig/ring.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace skl {

// Where the parts of a public area with `cpus` CPUs lie.
struct PublicArea {
    std::byte* base;
    std::uint32_t cpus;

    skl_boot& boot() const { return *reinterpret_cast<skl_boot*>(base + SKL_BOOT_OFFSET); }
    skl_clock& clock() const { return *reinterpret_cast<skl_clock*>(base + SKL_CLOCK_OFFSET); }
    skl_percpu& percpu(std::uint32_t cpu) const { return *reinterpret_cast<skl_percpu*>(base + SKL_PERCPU_OFFSET(cpu)); }
    skl_ring& ring(std::uint32_t cpu) const { return *reinterpret_cast<skl_ring*>(base + SKL_RING_OFFSET(cpus, cpu)); }
    skl_slot* slots() const { return reinterpret_cast<skl_slot*>(base + SKL_SLOT_OFFSET(cpus)); }
};

// Bytes the argument block takes: pointer array, then strings, the last of which is the program's name.
std::uint64_t argument_block_size(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                                  const std::string& program);

// Lays the block out as if it stood at `address`. Returns where the program's name is then.
std::uint64_t write_argument_block(std::span<std::byte> block, std::uint64_t address, const std::vector<std::string>& arguments,
                                   const std::vector<std::string>& environment, const std::string& program);

// Boot page and per-CPU pages. `arguments_size`: of the block at SKL_OWN_BASE. Throws Failure if own memory is too small for it.
void write_public_area(const PublicArea& area, const Grant& grant, const Image& image, std::uint32_t argument_count,
                       std::uint64_t arguments_size, bool verbose);

}
