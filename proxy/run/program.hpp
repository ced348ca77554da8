// SPDX-License-Identifier: MIT
// Which program is to run with which arguments: from the proxy's own command line, as typed or as binfmt_misc makes it.
#pragma once

#include <string>
#include <vector>

namespace skl {

struct Program {
    std::string path;
    std::vector<std::string> arguments; // the program's argv
};

// `preserved`: binfmt_misc flag P was in force (AT_FLAGS bit 0), so argv is proxy, path, argv[0], ... Throws Failure on no program.
Program program_from(const std::vector<std::string>& argv, bool preserved);

}
