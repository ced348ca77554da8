// SPDX-License-Identifier: MIT
// An isle has no caches of files and nothing swapped: what is not free is some program's.
#include "own_files/memory_text.hpp"

#include <string.h>

namespace libos {
namespace {

enum Where { everywhere, machine, node };
enum class Value { total, free, used, zero };
struct Line {
    const char* name;
    Value value;
    Where where;
};
constexpr Line lines[] = {
    {"MemTotal", Value::total, everywhere},   {"MemFree", Value::free, everywhere},   {"MemUsed", Value::used, node},
    {"MemAvailable", Value::free, machine},   {"Buffers", Value::zero, machine},      {"Cached", Value::zero, machine},
    {"SwapCached", Value::zero, everywhere},  {"Active", Value::used, everywhere},    {"Inactive", Value::zero, everywhere},
    {"Active(anon)", Value::used, everywhere}, {"Inactive(anon)", Value::zero, everywhere},
    {"Active(file)", Value::zero, everywhere}, {"Inactive(file)", Value::zero, everywhere},
    {"Unevictable", Value::zero, everywhere}, {"Mlocked", Value::zero, everywhere},   {"SwapTotal", Value::zero, machine},
    {"SwapFree", Value::zero, machine},       {"Dirty", Value::zero, everywhere},     {"Writeback", Value::zero, everywhere},
    {"FilePages", Value::zero, node},         {"AnonPages", Value::used, everywhere}, {"Mapped", Value::zero, everywhere},
    {"Shmem", Value::zero, everywhere},       {"Slab", Value::zero, everywhere},
};

uint64_t value_of(Value value, const MemoryFigures& memory)
{
    switch (value) {
    case Value::total:
        return memory.total;
    case Value::free:
        return memory.free;
    case Value::used:
        return memory.total - memory.free;
    default:
        return 0;
    }
}

// Linux's columns: names and colons, then numbers to the right.
void write(Text& text, const MemoryFigures& memory, Where where, const char* prefix)
{
    constexpr int columns = 24;
    constexpr unsigned kib = 1024;
    for (const Line& line : lines) {
        if (line.where != everywhere && line.where != where)
            continue;
        text.print("%s%s:", prefix, line.name);
        auto named = static_cast<int>(strlen(line.name)) + 1;
        text.print("%*llu kB\n", columns - named, static_cast<unsigned long long>(value_of(line.value, memory) / kib));
    }
}

}

void write_meminfo(Text& text, const MemoryFigures& memory)
{
    write(text, memory, machine, "");
    text.add("Hugepagesize:       2048 kB\n"); // as MAP_HUGETLB takes it
}

void write_node_meminfo(Text& text, const MemoryFigures& memory)
{
    write(text, memory, node, "Node 0 ");
}

}
