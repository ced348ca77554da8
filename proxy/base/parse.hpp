// SPDX-License-Identifier: MIT
// Numbers, sizes and CPU lists as users write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skl {

std::optional<std::uint64_t> parse_number(std::string_view text);

// "512M", "1G", "4096": bytes. Suffixes K M G T (and k m g t, KiB, MB...: powers of 1024, as in HermitCore).
std::optional<std::uint64_t> parse_size(std::string_view text);

// "0-3,8": ascending, each once. Empty lists and reversed ranges are refused.
std::optional<std::vector<unsigned>> parse_cpu_list(std::string_view text);

std::string format_cpu_list(const std::vector<unsigned>& cpus);
std::string format_size(std::uint64_t bytes);

}
