// SPDX-License-Identifier: MIT
// Parsing without exceptions and without locale: a whole text fits the form, or there is no value.
#include "base/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace skl {
namespace {

constexpr unsigned highest_cpu = 1023; // SKL_CPU_WORDS * 64 - 1

// 0 for "", 10 for "K" or "KiB" ...; nothing for what is no suffix.
std::optional<unsigned> suffix_shift(std::string_view suffix)
{
    if (suffix.empty() || suffix == "B")
        return 0;
    std::string_view rest = suffix.substr(1);
    if (!rest.empty() && rest != "B" && rest != "iB")
        return std::nullopt;
    switch (suffix[0] | 0x20) {
    case 'k': return 10;
    case 'm': return 20;
    case 'g': return 30;
    case 't': return 40;
    default: return std::nullopt;
    }
}

// One "n" or "n-m" appended to `cpus`.
bool append_range(std::string_view text, std::vector<unsigned>& cpus)
{
    std::size_t dash = text.find('-');
    auto first = parse_number(text.substr(0, dash));
    auto last = dash == std::string_view::npos ? first : parse_number(text.substr(dash + 1));
    if (!first || !last || *first > *last || *last > highest_cpu)
        return false;
    for (std::uint64_t cpu = *first; cpu <= *last; cpu++)
        cpus.push_back(static_cast<unsigned>(cpu));
    return true;
}

}

std::optional<std::uint64_t> parse_number(std::string_view text)
{
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parse_size(std::string_view text)
{
    std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    auto value = parse_number(text.substr(0, digits));
    auto shift = suffix_shift(text.substr(digits));
    if (!value || !shift || (*shift && *value >> (64 - *shift)))
        return std::nullopt;
    return *value << *shift;
}

std::optional<std::vector<unsigned>> parse_cpu_list(std::string_view text)
{
    std::vector<unsigned> cpus;
    for (;;) {
        std::size_t comma = text.find(',');
        if (!append_range(text.substr(0, comma), cpus))
            return std::nullopt;
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    std::sort(cpus.begin(), cpus.end());
    cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
    return cpus;
}

std::string format_cpu_list(const std::vector<unsigned>& cpus)
{
    std::string text;
    for (std::size_t i = 0; i < cpus.size();) {
        std::size_t end = i + 1;
        while (end < cpus.size() && cpus[end] == cpus[end - 1] + 1)
            end++;
        text += fmt::format("{}{}", text.empty() ? "" : ",", cpus[i]);
        if (end > i + 1)
            text += fmt::format("-{}", cpus[end - 1]);
        i = end;
    }
    return text;
}

std::string format_size(std::uint64_t bytes)
{
    constexpr const char* names[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    unsigned unit = 0;
    while (unit < 4 && bytes >= 1024 && bytes % 1024 == 0) {
        bytes /= 1024;
        unit++;
    }
    return fmt::format("{} {}", bytes, names[unit]);
}

}
