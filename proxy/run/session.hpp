// SPDX-License-Identifier: MIT
// One isle from launch to end.
#pragma once

#include "run/program.hpp"
#include "run/settings.hpp"

#include <string>
#include <vector>

namespace skl {

// Returns the exit status, or does not return: the process dies of the isle's signal. Throws Failure before the isle runs.
int run(const Program& program, const std::vector<std::string>& environment, const Settings& settings);

}
