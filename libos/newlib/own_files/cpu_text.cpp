// SPDX-License-Identifier: MIT
// What Linux says of its first CPU holds for each of ours, but for numbers and counts.
#include "own_files/cpu_text.hpp"

#include <string.h>

namespace libos {
namespace {

enum class Value { cpu, count, zero };
struct Line {
    const char* name; // with its blanks
    Value value;
};
constexpr Line changed[] = {{"processor\t", Value::cpu},      {"core id\t", Value::cpu},    {"apicid\t", Value::cpu},
                            {"initial apicid\t", Value::cpu}, {"siblings\t", Value::count}, {"cpu cores\t", Value::count},
                            {"physical id\t", Value::zero}};

void write_line(Text& text, const char* line, size_t length, uint32_t cpu, uint32_t count)
{
    for (const Line& one : changed) {
        size_t name = strlen(one.name);
        const void* colon = length > name && memcmp(line, one.name, name) == 0 ? memchr(line, ':', length) : nullptr;
        if (colon) {
            text.add(line, static_cast<size_t>(static_cast<const char*>(colon) - line));
            text.print(": %u\n", one.value == Value::cpu ? cpu : one.value == Value::count ? count : 0);
            return;
        }
    }
    text.add(line, length);
}

}

void write_list(Text& text, const CpuSet& set)
{
    const char* separator = "";
    for (uint32_t cpu = 0; cpu < set.count; cpu++) {
        if (!set.has(cpu))
            continue;
        uint32_t last = cpu;
        while (set.has(last + 1))
            last++;
        if (last > cpu)
            text.print("%s%u-%u", separator, cpu, last);
        else
            text.print("%s%u", separator, cpu);
        separator = ",";
        cpu = last;
    }
}

void write_mask(Text& text, const CpuSet& set)
{
    constexpr uint32_t group = 32, digit = 4;
    for (uint32_t left = (set.count + digit - 1) / digit; left-- > 0;) {
        uint32_t first = left * digit, value = 0;
        for (uint32_t bit = 0; bit < digit; bit++)
            value |= static_cast<uint32_t>(set.has(first + bit)) << bit;
        text.print("%x", value);
        if (first > 0 && first % group == 0)
            text.add(",");
    }
}

void write_cpuinfo(Text& text, const char* linux_text, size_t size, uint32_t count)
{
    for (uint32_t cpu = 0; cpu < count; cpu++) {
        const char *line = linux_text, *end = linux_text + size;
        while (line != end && *line != '\n') {
            size_t length = line_length(line, end);
            write_line(text, line, length, cpu, count);
            line += length;
        }
        text.add("\n");
    }
}

}
