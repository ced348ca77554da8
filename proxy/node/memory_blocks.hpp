// SPDX-License-Identifier: MIT
// Linux's memory blocks of one NUMA node, and which of them are worth putting offline first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace skl {

struct MemoryBlock {
    std::uint64_t number; // memoryN in sysfs
    std::uint64_t pa;
    bool online;
    bool movable; // in ZONE_MOVABLE
};

// A line of /proc/iomem.
struct PhysicalRange {
    std::uint64_t begin;
    std::uint64_t end; // exclusive
    unsigned depth;
    std::string name;
};
std::vector<PhysicalRange> parse_iomem(const std::string& text);

// Pure: online blocks that are RAM throughout and hold nothing of the kernel image, the most promising first: movable ones, then from
// the top down; a node's first and last block hold structures that never move and come at the end.
std::vector<MemoryBlock> removal_order(std::vector<MemoryBlock> blocks, std::uint64_t block_size, const std::vector<PhysicalRange>& iomem);

// From sysfs. Throw Failure if there is no memory hot-plug or no such node.
std::uint64_t memory_block_size();
std::vector<MemoryBlock> memory_blocks_of(unsigned node);
std::vector<PhysicalRange> read_iomem();

// 0 or an errno value; gives up after some seconds (a pinned page makes the kernel try for ever).
int set_block_state(std::uint64_t number, const char* state);

}
