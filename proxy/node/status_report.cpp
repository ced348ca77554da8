// SPDX-License-Identifier: MIT
// Tables by libsmartcols, so that they look like those of lscpu and lsmem.
#include "node/status_report.hpp"

#include "base/parse.hpp"

#include <fmt/format.h>
#include <libsmartcols/libsmartcols.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace skl {
namespace {

class Table {
public:
    explicit Table(std::initializer_list<const char*> columns) : table_(scols_new_table())
    {
        for (const char* name : columns)
            scols_table_new_column(table_, name, 0, 0);
    }
    ~Table() { scols_unref_table(table_); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    void add(const std::vector<std::string>& cells)
    {
        auto* line = scols_table_new_line(table_, nullptr);
        for (std::size_t i = 0; i < cells.size(); i++)
            scols_line_set_data(line, i, cells[i].c_str());
    }
    std::string text() const
    {
        char* data = nullptr;
        if (scols_print_table_to_string(table_, &data) != 0 || !data)
            return {};
        std::string result(data);
        std::free(data);
        return result;
    }

private:
    libscols_table* table_;
};

std::string holder(std::uint64_t enclave, std::int32_t pid)
{
    return enclave ? fmt::format("isle {} (process {})", enclave, pid) : "";
}

const char* source_name(std::uint32_t source)
{
    switch (source) {
    case SKL_SOURCE_BLOCK: return "block";
    case SKL_SOURCE_CONTIG: return "contiguous";
    default: return "found offline";
    }
}

}

const char* pool_state_name(std::uint32_t state)
{
    constexpr const char* names[] = {"free", "used", "cleaning", "quarantined"};
    return state < 4 ? names[state] : "unknown";
}

std::string status_tables(const PoolStatus& status)
{
    if (status.cpus.empty() && status.memory.empty())
        return "The pool is empty.\n";
    Table cpus{"CPU", "NODE", "STATE", "HELD BY"};
    for (const skl_pool_cpu& cpu : status.cpus)
        cpus.add({fmt::format("{}", cpu.cpu), fmt::format("{}", cpu.node), pool_state_name(cpu.state), holder(cpu.enclave, cpu.pid)});
    Table memory{"MEMORY", "SIZE", "NODE", "STATE", "FROM", "HELD BY"};
    for (const skl_pool_memory& piece : status.memory)
        memory.add({fmt::format("{:#014x}", piece.pa), format_size(piece.size), fmt::format("{}", piece.node), pool_state_name(piece.state),
                    source_name(piece.source), holder(piece.enclave, piece.pid)});
    return cpus.text() + "\n\n" + memory.text() + "\n";
}

std::string status_json(const PoolStatus& status)
{
    using nlohmann::json;
    json cpus = json::array(), memory = json::array();
    for (const skl_pool_cpu& cpu : status.cpus)
        cpus.push_back({{"cpu", cpu.cpu}, {"node", cpu.node}, {"state", pool_state_name(cpu.state)}, {"enclave", cpu.enclave},
                        {"pid", cpu.pid}});
    for (const skl_pool_memory& piece : status.memory)
        memory.push_back({{"address", piece.pa}, {"size", piece.size}, {"node", piece.node}, {"state", pool_state_name(piece.state)},
                          {"source", source_name(piece.source)}, {"enclave", piece.enclave}, {"pid", piece.pid}});
    json all = {{"schema", 1}, {"cpus", cpus}, {"memory", memory}, {"enclaves", status.enclaves}};
    return all.dump(2) + "\n";
}

}
