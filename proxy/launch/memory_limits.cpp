// SPDX-License-Identifier: MIT
// MemAvailable, and the control groups above us: version 2, or version 1 where that has the memory controller.
#include "launch/memory_limits.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace skl {
namespace {

constexpr std::uint64_t qemu_itself = 64ULL << 20;

// Where a version keeps what; a group's cache goes when memory is short, so it is not in the way.
struct GroupFiles {
    const char* mount;
    const char* most;
    const char* used;
    const char* cache[2];
};
constexpr GroupFiles version_1{"/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", {"total_inactive_file", "total_active_file"}};
constexpr GroupFiles version_2{"/sys/fs/cgroup", "memory.max", "memory.current", {"inactive_file", "active_file"}};

void check(std::uint64_t wanted, std::uint64_t free, const std::string& where)
{
    if (free < wanted)
        throw Failure(exit_launcher_failed,
                      fmt::format("{} needed for the virtual machine, {} {}", format_size(wanted), format_size(free), where),
                      "ask for less: HERMIT_MEM=256M");
}

void check_available(std::uint64_t bytes, const std::string& root)
{
    std::istringstream lines(read_text(root + "/proc/meminfo").value_or(""));
    for (std::string line; std::getline(lines, line);) {
        unsigned long long kib = 0;
        if (std::sscanf(line.c_str(), "MemAvailable: %llu kB", &kib) == 1)
            check(bytes, kib * 1024, "are available on this machine");
    }
}

std::optional<std::uint64_t> number_in(const std::string& path)
{
    auto text = read_text(path);
    if (!text)
        return std::nullopt;
    return parse_number(std::string_view(*text).substr(0, text->find_last_not_of('\n') + 1));
}

std::uint64_t cache_of(const std::string& group, const GroupFiles& files)
{
    std::uint64_t sum = 0;
    std::istringstream lines(read_text(group + "/memory.stat").value_or(""));
    std::string name;
    for (std::uint64_t bytes; lines >> name >> bytes;)
        if (name == files.cache[0] || name == files.cache[1])
            sum += bytes;
    return sum;
}

// From the group itself up to the root, which has no limit, or is the one a container has been given.
void check_group(std::string path, std::uint64_t bytes, const std::string& root, const GroupFiles& files)
{
    for (;; path.resize(path.rfind('/'))) {
        std::string group = root + files.mount + path + "/";
        auto most = number_in(group + files.most), used = number_in(group + files.used);
        if (most && used) {
            std::uint64_t held = *used - std::min(*used, cache_of(group, files));
            check(bytes, *most - std::min(*most, held), fmt::format("are left in control group {}", path.empty() ? "/" : path));
        }
        if (path.rfind('/') == std::string::npos)
            return;
    }
}

// A line: number, controllers (none for version 2), path.
void check_groups(std::uint64_t bytes, const std::string& root)
{
    std::istringstream lines(read_text(root + "/proc/self/cgroup").value_or(""));
    for (std::string number, controllers, path; std::getline(lines, number, ':') && std::getline(lines, controllers, ':') && std::getline(lines, path);) {
        if (path == "/")
            path.clear();
        if (number == "0" && controllers.empty())
            check_group(path, bytes, root, version_2);
        else if (("," + controllers + ",").find(",memory,") != std::string::npos)
            check_group(path, bytes, root, version_1);
    }
}

}

void check_memory_limits(std::uint64_t guest, const std::string& root)
{
    check_available(guest + qemu_itself, root);
    check_groups(guest + qemu_itself, root);
}

}
