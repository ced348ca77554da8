// SPDX-License-Identifier: MIT
// The proxy: the Linux process that stands for an isle. Started by binfmt_misc or as `proxy PROGRAM [ARGUMENT...]`.
#include "base/failure.hpp"
#include "run/address_layout.hpp"
#include "run/cold_launch.hpp"
#include "run/program.hpp"
#include "run/session.hpp"
#include "run/settings.hpp"

#include <cstdlib>

namespace {

std::optional<std::string> variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
}

std::vector<std::string> texts(char** list)
{
    std::vector<std::string> result;
    for (; *list; list++)
        result.emplace_back(*list);
    return result;
}

}

int main(int, char** argv, char**)
{
    try {
        skl::give_back_if_told();
        bool preserved = skl::settle_address_layout(argv);
        skl::Program program = skl::program_from(texts(argv), preserved);
        skl::Settings settings = skl::settings_from(variable);
        skl::run(program, texts(environ), settings);
    } catch (const skl::Failure& failure) {
        skl::print_failure("proxy", failure);
        return failure.status();
    }
}
