// SPDX-License-Identifier: MIT
// CPUs in one request; memory block by block, each announced to the module before Linux is asked to put it offline, so that no moment
// exists at which a block belongs to nobody.
#include "node/reservation.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "node/memory_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace skl {
namespace {

int status_of(std::uint32_t reason)
{
    switch (reason) {
    case SKL_REFUSED_PERMISSION:
        return tool_status::permission;
    case SKL_REFUSED_NO_SUCH_CPU: case SKL_REFUSED_NOT_IN_POOL:
        return tool_status::not_found;
    case SKL_REFUSED_CPU_LENT: case SKL_REFUSED_CPU_BUSY: case SKL_REFUSED_MEMORY_BUSY:
        return tool_status::busy;
    default:
        return tool_status::failed;
    }
}

[[noreturn]] void fail(const std::string& what, const skl_refusal& refusal, int error)
{
    if (refusal.reason == SKL_REFUSED_NONE && (error == EPERM || error == EACCES)) {
        RefusalText text = describe({SKL_REFUSED_PERMISSION, ~0u, 0, 0, 0}, error);
        throw Failure(tool_status::permission, fmt::format("{}: {}", what, text.cause), text.hint);
    }
    RefusalText text = describe(refusal, error);
    throw Failure(status_of(refusal.reason), fmt::format("{}: {}", what, text.cause), text.hint);
}

skl_ioc_cpus cpu_request(const std::vector<unsigned>& cpus)
{
    skl_ioc_cpus request{};
    for (unsigned cpu : cpus)
        request.cpu[cpu / 64] |= 1ULL << cpu % 64;
    return request;
}

// Parking and scrubbing take a moment, also after an enclave of this very process: such a refusal is asked again for a while.
template <typename Request> int ask_patiently(const Device& device, unsigned long number, Request& request, bool patient)
{
    const Request wanted = request;
    for (int tries = 0;; tries++) {
        request = wanted;
        if (::ioctl(device.number(), number, &request) == 0)
            return 0;
        bool passing = (request.refusal.reason == SKL_REFUSED_CPU_BUSY || request.refusal.reason == SKL_REFUSED_MEMORY_BUSY)
            && (request.refusal.pid == 0 || request.refusal.pid == ::getpid());
        if (errno == EINTR)
            continue;
        if (!patient || !passing || tries == 600)
            return errno;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void change_cpus(const Device& device, unsigned long number, const std::vector<unsigned>& cpus, const char* what)
{
    if (cpus.empty())
        return;
    skl_ioc_cpus request = cpu_request(cpus);
    if (int error = ask_patiently(device, number, request, number == SKL_IOC_RELEASE_CPUS))
        fail(fmt::format("{} CPUs {}", what, format_cpu_list(cpus)), request.refusal, error);
}

skl_ioc_memory memory_request(std::uint32_t action, std::uint64_t pa, std::uint64_t size, unsigned node = 0)
{
    skl_ioc_memory request{};
    request.action = action;
    request.node = node;
    request.pa = pa;
    request.size = size;
    return request;
}

// False if Linux does not let this block go; throws if the module does not want it.
bool take_block(const Device& device, const MemoryBlock& block, std::uint64_t size)
{
    auto request = memory_request(SKL_MEMORY_TAKE, block.pa, size);
    if (::ioctl(device.number(), SKL_IOC_MEMORY, &request) != 0)
        fail(fmt::format("cannot take memory block {}", block.number), request.refusal, errno);
    if (set_block_state(block.number, "offline") == 0)
        return true;
    request = memory_request(SKL_MEMORY_CANCEL, block.pa, size);
    ::ioctl(device.number(), SKL_IOC_MEMORY, &request);
    return false;
}

void leave_pool(const Device& device, std::uint64_t pa, std::uint64_t size)
{
    auto request = memory_request(SKL_MEMORY_RETURN, pa, size);
    if (int error = ask_patiently(device, SKL_IOC_MEMORY, request, true))
        fail(fmt::format("cannot give memory at {:#x} back", pa), request.refusal, error);
}

void return_block(const Device& device, std::uint64_t pa, std::uint64_t size)
{
    leave_pool(device, pa, size);
    int error = set_block_state(pa / size, "online_movable");
    if (!error)
        return;
    auto request = memory_request(SKL_MEMORY_CANCEL, pa, size);
    ::ioctl(device.number(), SKL_IOC_MEMORY, &request);
    throw Failure(tool_status::failed, fmt::format("Linux does not take memory block {} back: {}", pa / size, errno_text(error)),
                  "see dmesg");
}

void take_memory(const Device& device, const MemoryWish& wish, Taken& taken)
{
    if (wish.size == 0)
        return;
    std::uint64_t block_size = memory_block_size();
    std::uint64_t missing = (wish.size + block_size - 1) / block_size;
    std::vector<MemoryBlock> all = memory_blocks_of(wish.node);
    auto order = removal_order(all, block_size, read_iomem());
    if (order.size() < missing)
        throw Failure(tool_status::failed,
                      fmt::format("{} asked for on NUMA node {}, at most {} of it could be put offline", format_size(wish.size), wish.node,
                                  format_size(order.size() * block_size)),
                      "ask for less memory; see lsmem -o RANGE,STATE,NODE,ZONES");
    for (const MemoryBlock& block : order) {
        if (missing == 0)
            return;
        if (take_block(device, block, block_size)) {
            taken.blocks.push_back({block.pa, block_size});
            missing--;
        }
    }
    if (missing == 0)
        return;
    auto request = memory_request(SKL_MEMORY_CONTIG, 0, missing * block_size, wish.node);
    if (::ioctl(device.number(), SKL_IOC_MEMORY, &request) != 0)
        throw Failure(tool_status::failed,
                      fmt::format("{} of {} on NUMA node {} cannot be freed: pages there do not move", format_size(missing * block_size),
                                  format_size(wish.size), wish.node),
                      "ask for less, stop programs that use the node, or boot with movablecore=");
    taken.contig_nodes.push_back(wish.node);
}

// Pieces that touch grow together: whole blocks again.
void append(std::vector<MemoryPiece>& pieces, const skl_pool_memory& memory)
{
    if (!pieces.empty() && pieces.back().pa + pieces.back().size == memory.pa)
        pieces.back().size += memory.size;
    else
        pieces.push_back({memory.pa, memory.size});
}

}

std::vector<MemoryWish> parse_memory_wishes(const std::string& text)
{
    std::vector<MemoryWish> wishes;
    std::string_view rest = text;
    for (;;) {
        std::size_t comma = rest.find(',');
        std::string_view one = rest.substr(0, comma);
        std::size_t at = one.find('@');
        auto size = parse_size(one.substr(0, at));
        auto node = at == std::string_view::npos ? std::nullopt : parse_number(one.substr(at + 1));
        if (!size || !node || *node > 1023)
            throw Failure(tool_status::usage, fmt::format("--mem {}: '{}' is not SIZE@NODE", text, one), "for example --mem 512M@1,1G@0");
        wishes.push_back({*size, static_cast<unsigned>(*node)});
        if (comma == std::string_view::npos)
            return wishes;
        rest.remove_prefix(comma + 1);
    }
}

Taken reserve(const Device& device, const std::vector<unsigned>& cpus, const std::vector<MemoryWish>& wishes)
{
    Taken taken;
    change_cpus(device, SKL_IOC_RESERVE_CPUS, cpus, "cannot reserve");
    taken.cpus = cpus;
    try {
        for (const MemoryWish& wish : wishes)
            take_memory(device, wish, taken);
    } catch (const Failure&) {
        give_back(device, taken);
        throw;
    }
    return taken;
}

void give_back(const Device& device, const Taken& taken)
{
    // Memory first: the pool's CPUs scrub it.
    std::uint64_t block_size = taken.blocks.empty() ? 0 : memory_block_size();
    for (const MemoryPiece& piece : taken.blocks)
        for (std::uint64_t pa = piece.pa; pa < piece.pa + piece.size; pa += block_size)
            return_block(device, pa, block_size);
    for (const MemoryPiece& piece : taken.found_offline)
        leave_pool(device, piece.pa, piece.size);
    for (unsigned node : taken.contig_nodes) {
        auto request = memory_request(SKL_MEMORY_CONTIG_RETURN, 0, 0, node);
        if (int error = ask_patiently(device, SKL_IOC_MEMORY, request, true))
            fail(fmt::format("cannot give memory of node {} back", node), request.refusal, error);
    }
    change_cpus(device, SKL_IOC_RELEASE_CPUS, taken.cpus, "cannot release");
}

namespace {

// Asks once, with the room that status has; how much there is stands in the answer.
skl_ioc_status ask_status(const Device& device, PoolStatus& status)
{
    skl_ioc_status request{reinterpret_cast<std::uint64_t>(status.cpus.data()), reinterpret_cast<std::uint64_t>(status.memory.data()),
                           static_cast<std::uint32_t>(status.cpus.size()), static_cast<std::uint32_t>(status.memory.size()), 0};
    if (::ioctl(device.number(), SKL_IOC_STATUS, &request) != 0)
        throw Failure(tool_status::failed, fmt::format("cannot read the pool's state: {}", errno_text(errno)));
    return request;
}

}

bool pool_is_empty(const Device& device)
{
    PoolStatus none{};
    skl_ioc_status there = ask_status(device, none);
    return there.cpus == 0 && there.memory == 0;
}

PoolStatus pool_status(const Device& device)
{
    PoolStatus status{};
    for (;;) {
        skl_ioc_status there = ask_status(device, status);
        bool enough = there.cpus <= status.cpus.size() && there.memory <= status.memory.size();
        status.enclaves = there.enclaves;
        status.cpus.resize(there.cpus);
        status.memory.resize(there.memory);
        if (enough)
            return status;
    }
}

Taken whole_pool(const PoolStatus& status)
{
    Taken taken;
    for (const skl_pool_cpu& cpu : status.cpus)
        if (cpu.state != SKL_POOL_QUARANTINED)
            taken.cpus.push_back(cpu.cpu);
    auto memory = status.memory;
    std::sort(memory.begin(), memory.end(), [](const auto& a, const auto& b) { return a.pa < b.pa; });
    for (const skl_pool_memory& piece : memory) {
        if (piece.state == SKL_POOL_QUARANTINED)
            continue;
        if (piece.source == SKL_SOURCE_BLOCK)
            append(taken.blocks, piece);
        else if (piece.source == SKL_SOURCE_FOUND_OFFLINE)
            append(taken.found_offline, piece);
        else if (std::find(taken.contig_nodes.begin(), taken.contig_nodes.end(), piece.node) == taken.contig_nodes.end())
            taken.contig_nodes.push_back(piece.node);
    }
    return taken;
}

}
