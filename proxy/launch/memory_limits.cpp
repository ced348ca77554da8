// SPDX-License-Identifier: MIT
// MemAvailable, the control groups above us (version 2, or version 1 when mounted), RLIMIT_AS.
#include "launch/memory_limits.hpp"

#include "base/failure.hpp"
#include "base/parse.hpp"
#include "base/read_file.hpp"

#include <fmt/format.h>

#include <sstream>
#include <sys/resource.h>

namespace skl {
namespace {

[[noreturn]] void refuse(std::uint64_t wanted, std::uint64_t free, const std::string& what)
{
    throw Failure(exit_launcher_failed,
                  fmt::format("{} needed for the virtual machine, {} {}", format_size(wanted), format_size(free), what),
                  "ask for less: HERMIT_MEM=256M");
}

void check_available(std::uint64_t bytes)
{
    std::istringstream lines(read_text("/proc/meminfo").value_or(""));
    for (std::string line; std::getline(lines, line);) {
        unsigned long long kib = 0;
        if (std::sscanf(line.c_str(), "MemAvailable: %llu kB", &kib) == 1 && kib * 1024 < bytes)
            refuse(bytes, kib * 1024, "are available on this machine");
    }
}

std::optional<std::uint64_t> number_in(const std::string& path)
{
    auto text = read_text(path);
    if (!text)
        return std::nullopt;
    return parse_number(std::string_view(*text).substr(0, text->find_last_not_of('\n') + 1));
}

void check_group(std::string path, std::uint64_t bytes)
{
    constexpr const char* mount = "/sys/fs/cgroup";
    for (;; path.resize(path.rfind('/'))) {
        auto most = number_in(mount + path + "/memory.max");
        auto used = number_in(mount + path + "/memory.current");
        if (most && used && (*most < *used || *most - *used < bytes))
            refuse(bytes, *most > *used ? *most - *used : 0, fmt::format("are left in control group {}", path));
        if (path.rfind('/') == std::string::npos)
            return;
    }
}

void check_groups(std::uint64_t bytes)
{
    std::istringstream lines(read_text("/proc/self/cgroup").value_or(""));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("0::/"))
            check_group(line == "0::/" ? "" : line.substr(3), bytes);
}

void check_address_space(std::uint64_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_AS, &limit);
    if (limit.rlim_cur != RLIM_INFINITY)
        throw Failure(exit_launcher_failed,
                      fmt::format("address space is limited to {}; an isle's windows need some terabytes of it (and {} of memory)",
                                  format_size(limit.rlim_cur), format_size(bytes)),
                      "lift the limit: ulimit -v unlimited");
}

}

void check_memory_limits(std::uint64_t bytes)
{
    check_address_space(bytes);
    check_available(bytes);
    check_groups(bytes);
}

}
