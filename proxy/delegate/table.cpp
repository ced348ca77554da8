// SPDX-License-Identifier: MIT
// The families put together once, in an array by number.
#include "delegate/table.hpp"

#include <skellig/spawn.h>

#include <array>

namespace skl {
namespace {

constexpr std::uint32_t numbers = 512;
using Table = std::array<const Call*, numbers>;

Table make_table()
{
    Table table{};
    for (auto family : {file_calls(), name_calls(), event_calls(), socket_calls(), process_calls(), child_calls()})
        for (const Call& call : family)
            table[call.number] = &call;
    return table;
}

}

const Call* find_call(std::uint32_t number)
{
    static const Table table = make_table();
    if (number == SKL_FORWARD_SPAWN)
        return &spawn_call;
    return number < numbers ? table[number] : nullptr;
}

}
