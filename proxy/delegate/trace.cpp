// SPDX-License-Identifier: MIT
// "[cpu 0] write(1, 0x20000400000, 5) = 5". Contents are not shown: they may have changed by now.
#include "delegate/trace.hpp"

#include <fmt/format.h>

#include <cstring>

namespace skl {
namespace {

std::string argument_text(Kind kind, std::uint64_t value)
{
    auto number = static_cast<std::int64_t>(value);
    switch (kind) {
    case Kind::descriptor:
        return fmt::format("{}", static_cast<int>(value));
    case Kind::value:
        return number > -4096 && number < 65536 ? fmt::format("{}", number) : fmt::format("{:#x}", value);
    default:
        return value == 0 ? "NULL" : fmt::format("{:#x}", value);
    }
}

}

std::string trace_line(const Call* call, const skl_slot& request, std::uint32_t cpu, std::int64_t result)
{
    std::string arguments;
    for (unsigned i = 0; call && i < 6 && call->argument[i].kind != Kind::none; i++)
        arguments += (i ? ", " : "") + argument_text(call->argument[i].kind, request.argument[i]);
    std::string name = call ? call->name : fmt::format("call_{}", request.number);
    std::string error = result < 0 && result > -4096 ? fmt::format(" ({})", std::strerror(static_cast<int>(-result))) : "";
    return fmt::format("[cpu {}] {}({}) = {}{}", cpu, name, arguments, result, error);
}

}
