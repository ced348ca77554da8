// SPDX-License-Identifier: MIT
// Three forms: `proxy PATH ARG...`; binfmt_misc without P the same; with P the original argv[0] follows the path.
#include "run/program.hpp"

#include "base/failure.hpp"

namespace skl {

Program program_from(const std::vector<std::string>& argv, bool preserved)
{
    if (argv.size() < 2)
        throw Failure(exit_launcher_failed, "no program given", "proxy PROGRAM [ARGUMENT...]");
    Program program{argv[1], {}};
    if (preserved && argv.size() > 2)
        program.arguments.assign(argv.begin() + 2, argv.end());
    else
        program.arguments.assign(argv.begin() + 1, argv.end());
    return program;
}

}
