// SPDX-License-Identifier: MIT
// Memory of an enclave can only leave the pool when nothing maps it any more; exec is the plainest way to be sure of that.
#include "run/cold_launch.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "node/cpu_choice.hpp"
#include "run/signals.hpp"

#include <skellig/device.h>

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>
#include <unistd.h>

namespace skl {
namespace {

constexpr const char* task_variable = "SKELLIG_PROXY_GIVE_BACK";
constexpr std::uint64_t default_memory = 512ULL << 20;

// Beside the isle's own memory and image: control area with page tables.
std::uint64_t with_overhead(std::uint64_t memory, const Image& image)
{
    constexpr std::uint64_t control = 8 << 20;
    return memory + memory / 256 + image.extent_size() + control;
}

std::vector<unsigned> wanted_cpus(const Request& request)
{
    if (!request.cpu_list.empty())
        return request.cpu_list;
    auto node = request.node == SKL_NODE_ANY ? std::nullopt : std::optional(request.node);
    auto cpus = choose_cpus(read_cpu_places(), request.cpu_count, node);
    if (!cpus)
        throw Failure(exit_launcher_failed,
                      fmt::format("the pool is empty, and no NUMA node{} has {} CPUs that Linux could lend",
                                  node ? fmt::format(" {}", *node) : "", request.cpu_count),
                      "ask for fewer: HERMIT_CPUS");
    return *cpus;
}

unsigned node_of(unsigned cpu)
{
    for (const CpuPlace& place : read_cpu_places())
        if (place.cpu == cpu)
            return place.node;
    throw Failure(exit_launcher_failed, fmt::format("there is no CPU {}", cpu), "see lscpu -e");
}

std::string to_text(const Taken& taken, int status, int signal)
{
    std::string text = fmt::format("{} {}", status, signal);
    for (unsigned cpu : taken.cpus)
        text += fmt::format(" c {} 0", cpu);
    for (const MemoryPiece& piece : taken.blocks)
        text += fmt::format(" b {} {}", piece.pa, piece.size);
    for (unsigned node : taken.contig_nodes)
        text += fmt::format(" n {} 0", node);
    return text;
}

Taken from_text(const std::string& text, int& status, int& signal)
{
    Taken taken;
    std::istringstream words(text);
    words >> status >> signal;
    char kind;
    for (std::uint64_t first, second; words >> kind >> first >> second;) {
        if (kind == 'c')
            taken.cpus.push_back(static_cast<unsigned>(first));
        else if (kind == 'b')
            taken.blocks.push_back({first, second});
        else
            taken.contig_nodes.push_back(static_cast<unsigned>(first));
    }
    return taken;
}

}

std::optional<Taken> reserve_if_cold(Request& request, const Image& image)
{
    if (::geteuid() != 0)
        return std::nullopt;
    Device device = Device::open();
    if (!pool_is_empty(device))
        return std::nullopt;
    if (request.memory == 0)
        request.memory = default_memory;
    auto cpus = wanted_cpus(request);
    try {
        return reserve(device, cpus, {{with_overhead(request.memory, image), node_of(cpus.front())}});
    } catch (const Failure& failure) {
        throw Failure(exit_launcher_failed, failure.cause(), failure.hint());
    }
}

void give_back_now(const Taken& taken)
{
    give_back(Device::open(), taken);
}

void end_and_give_back(const Taken& taken, int status, int signal)
{
    ::setenv(task_variable, to_text(taken, status, signal).c_str(), 1);
    const char* argv[] = {"proxy", nullptr};
    ::execv("/proc/self/exe", const_cast<char**>(argv));
    print_failure("proxy", Failure(exit_launcher_failed, "cannot give the isle's CPUs and memory back", "as root: skellig release"));
    ::_exit(status);
}

void give_back_if_told()
{
    const char* text = std::getenv(task_variable);
    if (!text)
        return;
    int status = 0, signal = 0;
    Descriptor signals = take_signals(); // this is not to be interrupted
    Taken taken = from_text(text, status, signal);
    try {
        give_back_now(taken);
    } catch (const Failure& failure) {
        print_failure("proxy", failure);
    }
    if (signal)
        die_of(signal);
    ::_exit(status);
}

}
