// SPDX-License-Identifier: MIT
// The tool `skellig`: fills, empties and shows the pool.
#include "base/failure.hpp"
#include "base/parse.hpp"
#include "node/reservation.hpp"
#include "node/status_report.hpp"

#include <CLI/CLI.hpp>

#include <fmt/format.h>

namespace {

using namespace skl;

std::vector<unsigned> cpus_from(const std::string& text)
{
    if (text.empty())
        return {};
    auto cpus = parse_cpu_list(text);
    if (!cpus)
        throw Failure(tool_status::usage, fmt::format("--cpus {}: not a list of CPU numbers", text), "for example --cpus 2-5,8");
    return *cpus;
}

void reserve_command(const std::string& cpus, const std::string& memory)
{
    auto cpu_list = cpus_from(cpus);
    auto wishes = memory.empty() ? std::vector<MemoryWish>{} : parse_memory_wishes(memory);
    if (cpu_list.empty() && wishes.empty())
        throw Failure(tool_status::usage, "nothing to reserve", "skellig reserve --cpus LIST --mem SIZE@NODE[,SIZE@NODE]");
    reserve(Device::open(), cpu_list, wishes);
}

void release_command()
{
    Device device = Device::open();
    give_back(device, whole_pool(pool_status(device)));
}

void status_command(bool json)
{
    PoolStatus status = pool_status(Device::open());
    fmt::print("{}", json ? status_json(status) : status_tables(status));
}

// What the module's library says for launches, in the words of this tool's exit statuses.
int tool_exit_status(const Failure& failure)
{
    if (failure.status() != exit_launcher_failed)
        return failure.status();
    return failure.cause().find("permission denied") != std::string::npos ? tool_status::permission : tool_status::not_found;
}

}

int main(int argc, char** argv)
{
    CLI::App app("Lends cores and memory of this machine to isles, and takes them back.", "skellig");
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 failed, 2 usage, 3 not found, 4 busy, 5 permission.");
    std::string cpus, memory;
    bool json = false;
    auto* reserve_app = app.add_subcommand("reserve", "take CPUs and memory from Linux into the pool (root)");
    reserve_app->add_option("--cpus", cpus, "Linux CPU numbers, such as 2-5,8: whole cores, not CPU 0");
    reserve_app->add_option("--mem", memory, "memory of NUMA nodes, such as 512M@1,1G@0: rounded up to memory blocks");
    auto* release_app = app.add_subcommand("release", "give everything in the pool back to Linux (root)");
    auto* status_app = app.add_subcommand("status", "show the pool");
    status_app->add_flag("--json,-J", json, "as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : tool_status::usage;
    }
    try {
        if (reserve_app->parsed())
            reserve_command(cpus, memory);
        else if (release_app->parsed())
            release_command();
        else
            status_command(json);
        return 0;
    } catch (const Failure& failure) {
        print_failure("skellig", failure);
        return tool_exit_status(failure);
    }
}
