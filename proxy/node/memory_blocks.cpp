// SPDX-License-Identifier: MIT
// sysfs and /proc/iomem read, blocks put in order, states written.
#include "node/memory_blocks.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace skl {
namespace {

constexpr const char* memory_folder = "/sys/devices/system/memory";
constexpr unsigned patience_seconds = 10;

// Also in our way: a kernel image in the block, or memory kept for a crash kernel.
bool belongs_to_kernel(const PhysicalRange& range)
{
    return range.depth > 0 && (range.name.starts_with("Kernel ") || range.name == "Crash kernel");
}

bool usable(const MemoryBlock& block, std::uint64_t size, const std::vector<PhysicalRange>& iomem)
{
    bool ram = false;
    for (const PhysicalRange& range : iomem) {
        if (range.depth == 0 && range.name.starts_with("System RAM") && range.begin <= block.pa && range.end >= block.pa + size)
            ram = true;
        if (belongs_to_kernel(range) && range.begin < block.pa + size && range.end > block.pa)
            return false;
    }
    return block.online && ram;
}

std::string block_file(std::uint64_t number, const char* name)
{
    return fmt::format("{}/memory{}/{}", memory_folder, number, name);
}

}

std::vector<PhysicalRange> parse_iomem(const std::string& text)
{
    std::vector<PhysicalRange> ranges;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        unsigned long long begin, last;
        std::size_t indent = line.find_first_not_of(' ');
        std::size_t colon = line.find(" : ");
        if (colon == std::string::npos || std::sscanf(line.c_str(), " %llx-%llx", &begin, &last) != 2)
            continue;
        ranges.push_back({begin, last + 1, static_cast<unsigned>(indent / 2), line.substr(colon + 3)});
    }
    return ranges;
}

std::vector<MemoryBlock> removal_order(std::vector<MemoryBlock> blocks, std::uint64_t block_size, const std::vector<PhysicalRange>& iomem)
{
    if (blocks.empty())
        return blocks;
    std::sort(blocks.begin(), blocks.end(), [](const auto& a, const auto& b) { return a.pa > b.pa; });
    std::uint64_t top = blocks.front().pa, bottom = blocks.back().pa;
    std::erase_if(blocks, [&](const MemoryBlock& block) { return !usable(block, block_size, iomem); });
    // Early boot allocates at a node's ends, before there are zones: not even ZONE_MOVABLE keeps such a page out.
    auto rank = [&](const MemoryBlock& block) { return block.pa == top || block.pa == bottom ? 2 : block.movable ? 0 : 1; };
    std::stable_sort(blocks.begin(), blocks.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return blocks;
}

std::uint64_t memory_block_size()
{
    auto text = read_text(fmt::format("{}/block_size_bytes", memory_folder));
    if (!text)
        throw Failure(1, "this Linux has no memory hot-plug", "use a kernel with CONFIG_MEMORY_HOTREMOVE");
    return std::strtoull(text->c_str(), nullptr, 16);
}

std::vector<MemoryBlock> memory_blocks_of(unsigned node)
{
    std::uint64_t size = memory_block_size();
    std::vector<MemoryBlock> blocks;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(fmt::format("/sys/devices/system/node/node{}", node), error)) {
        std::string name = entry.path().filename();
        auto number = name.starts_with("memory") ? parse_number(std::string_view(name).substr(6)) : std::nullopt;
        if (!number)
            continue;
        bool online = read_text(block_file(*number, "state")).value_or("").starts_with("online");
        bool movable = read_text(block_file(*number, "valid_zones")).value_or("").starts_with("Movable");
        blocks.push_back({*number, *number * size, online, movable});
    }
    if (error)
        throw Failure(3, fmt::format("there is no NUMA node {}", node), "see lscpu");
    return blocks;
}

std::vector<PhysicalRange> read_iomem()
{
    return parse_iomem(read_text("/proc/iomem").value_or(""));
}

int set_block_state(std::uint64_t number, const char* state)
{
    struct sigaction action{}, old{};
    action.sa_handler = [](int) {}; // no SA_RESTART: ends the write
    ::sigaction(SIGALRM, &action, &old);
    ::alarm(patience_seconds);
    int error = write_text(block_file(number, "state"), state);
    ::alarm(0);
    ::sigaction(SIGALRM, &old, nullptr);
    return error;
}

}
