// SPDX-License-Identifier: MIT
// Printing failures: one write() each, so that lines of several programs do not mix.
#include "base/failure.hpp"

#include <fmt/format.h>

#include <cstring>
#include <unistd.h>

namespace skl {
namespace {

void write_all(std::string_view text)
{
    while (!text.empty()) {
        ssize_t done = ::write(STDERR_FILENO, text.data(), text.size());
        if (done <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(done));
    }
}

}

void print_failure(const char* name, const Failure& failure)
{
    std::string text = fmt::format("{}: {}\n", name, failure.cause());
    if (!failure.hint().empty())
        text += fmt::format("hint: {}\n", failure.hint());
    write_all(text);
}

void say(const std::string& line)
{
    write_all(line + "\n");
}

std::string errno_text(int error)
{
    return std::strerror(error);
}

}
