// SPDX-License-Identifier: MIT
// Which CPUs to take when only a number was asked for: whole cores of one NUMA node, from the top, leaving Linux a core on each node.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace skl {

struct CpuPlace {
    unsigned cpu;
    unsigned node;
    unsigned core; // the lowest CPU of its core
    bool online;
};

// Pure. Nothing if no node (or not the one asked for) has that many; whole cores may make it more than asked for.
std::optional<std::vector<unsigned>> choose_cpus(const std::vector<CpuPlace>& places, unsigned count, std::optional<unsigned> node);

// From sysfs.
std::vector<CpuPlace> read_cpu_places();

}
