// SPDX-License-Identifier: MIT
// One isle from launch to end.
#pragma once

#include "run/program.hpp"
#include "run/settings.hpp"

#include <string>
#include <vector>

namespace skl {

// Ends the process with the isle's exit status or by its signal. Throws Failure before the isle runs.
[[noreturn]] void run(const Program& program, const std::vector<std::string>& environment, const Settings& settings);

}
