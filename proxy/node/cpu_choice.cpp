// SPDX-License-Identifier: MIT
// Cores put together from sysfs, chosen from the highest number down.
#include "node/cpu_choice.hpp"

#include "base/parse.hpp"
#include "base/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace skl {
namespace {

using Cores = std::map<unsigned, std::vector<unsigned>>; // lowest CPU -> all of the core

std::map<unsigned, Cores> cores_by_node(const std::vector<CpuPlace>& places)
{
    std::map<unsigned, Cores> nodes;
    for (const CpuPlace& place : places)
        if (place.online)
            nodes[place.node][place.core].push_back(place.cpu);
    return nodes;
}

std::vector<unsigned> from_the_top(const Cores& cores, unsigned count)
{
    std::vector<unsigned> chosen;
    for (auto core = cores.rbegin(); core != cores.rend() && chosen.size() < count; ++core) {
        bool last = std::next(core) == cores.rend(); // stays with Linux, as does CPU 0
        if (!last && core->first != 0)
            chosen.insert(chosen.end(), core->second.begin(), core->second.end());
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

std::vector<unsigned> list_in(const std::string& path)
{
    std::string text = read_text(path).value_or("");
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return parse_cpu_list(text).value_or(std::vector<unsigned>{});
}

}

std::optional<std::vector<unsigned>> choose_cpus(const std::vector<CpuPlace>& places, unsigned count, std::optional<unsigned> node)
{
    auto nodes = cores_by_node(places);
    for (auto one = nodes.rbegin(); one != nodes.rend(); ++one) {
        if (node && one->first != *node)
            continue;
        auto chosen = from_the_top(one->second, count);
        if (chosen.size() >= count)
            return chosen;
    }
    return std::nullopt;
}

std::vector<CpuPlace> read_cpu_places()
{
    const std::string folder = "/sys/devices/system";
    auto online = list_in(folder + "/cpu/online");
    std::vector<CpuPlace> places;
    for (unsigned node : list_in(folder + "/node/online"))
        for (unsigned cpu : list_in(fmt::format("{}/node/node{}/cpulist", folder, node))) {
            auto siblings = list_in(fmt::format("{}/cpu/cpu{}/topology/thread_siblings_list", folder, cpu));
            bool is_online = std::binary_search(online.begin(), online.end(), cpu);
            places.push_back({cpu, node, siblings.empty() ? cpu : siblings.front(), is_online});
        }
    return places;
}

}
