// SPDX-License-Identifier: MIT
// Taking CPUs and memory from Linux into the pool, and giving them back: all that was asked for, or nothing.
#pragma once

#include "node/device.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skl {

struct MemoryWish {
    std::uint64_t size;
    unsigned node;
};

// "512M@1,1G@0". Throws Failure (2).
std::vector<MemoryWish> parse_memory_wishes(const std::string& text);

// Exit statuses of the tool (docs/: conventions of the command line).
namespace tool_status {
inline constexpr int failed = 1, usage = 2, not_found = 3, busy = 4, permission = 5;
}

struct MemoryPiece {
    std::uint64_t pa;
    std::uint64_t size;
};

// What one reservation has taken, so that exactly this can go back.
struct Taken {
    std::vector<unsigned> cpus;
    std::vector<MemoryPiece> blocks;
    std::vector<MemoryPiece> found_offline; // were offline before, and stay so
    std::vector<unsigned> contig_nodes;
};

// Throw Failure with everything as it was before.
Taken reserve(const Device& device, const std::vector<unsigned>& cpus, const std::vector<MemoryWish>& wishes);
void give_back(const Device& device, const Taken& taken);

struct PoolStatus {
    std::vector<skl_pool_cpu> cpus;
    std::vector<skl_pool_memory> memory;
    std::uint64_t enclaves;
};
// One cheap question: every launch by root asks it.
bool pool_is_empty(const Device& device);
PoolStatus pool_status(const Device& device);

// Everything in the pool.
Taken whole_pool(const PoolStatus& status);

}
