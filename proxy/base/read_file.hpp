// SPDX-License-Identifier: MIT
// Small text files (sysfs, procfs) read whole.
#pragma once

#include <optional>
#include <string>

namespace skl {

std::optional<std::string> read_text(const std::string& path);

// 0 or an errno value.
int write_text(const std::string& path, const std::string& text);

}
