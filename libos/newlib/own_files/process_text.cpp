// SPDX-License-Identifier: MIT
// Lines and fields by tables. [man7] proc_pid_status(5), proc_pid_stat(5), proc_pid_statm(5), proc_pid_maps(5)
#include "own_files/process_text.hpp"

#include <stdlib.h>
#include <string.h>

namespace libos {
namespace {

constexpr uint64_t page_size = 4096, kib = 1024;
using Word = unsigned long long;

uint64_t code_size(const ProcessFigures& process)
{
    return process.code_end - process.code_begin;
}

// All that is neither code nor stack, as Linux counts.
uint64_t data_size(const ProcessFigures& process)
{
    return process.now - code_size(process) - process.stack_size;
}

// Of status: bytes, or a set of signals.
struct Amount {
    const char* name;
    uint64_t (*bytes)(const ProcessFigures&);
};
constexpr Amount amounts[] = {
    {"VmPeak", [](const ProcessFigures& process) { return process.most; }},
    {"VmSize", [](const ProcessFigures& process) { return process.now; }},
    {"VmLck", [](const ProcessFigures&) { return uint64_t{0}; }},
    {"VmPin", [](const ProcessFigures&) { return uint64_t{0}; }},
    {"VmHWM", [](const ProcessFigures& process) { return process.most; }},
    {"VmRSS", [](const ProcessFigures& process) { return process.now; }},
    {"RssAnon", [](const ProcessFigures& process) { return process.now; }},
    {"RssFile", [](const ProcessFigures&) { return uint64_t{0}; }},
    {"RssShmem", [](const ProcessFigures&) { return uint64_t{0}; }},
    {"VmData", data_size},
    {"VmStk", [](const ProcessFigures& process) { return process.stack_size; }},
    {"VmExe", code_size},
    {"VmLib", [](const ProcessFigures&) { return uint64_t{0}; }},
    {"VmSwap", [](const ProcessFigures&) { return uint64_t{0}; }},
};

struct Signals {
    const char* name;
    uint64_t ProcessFigures::*set;
};
constexpr Signals signals[] = {
    {"SigPnd", &ProcessFigures::pending}, {"ShdPnd", &ProcessFigures::shared_pending}, {"SigBlk", &ProcessFigures::blocked},
    {"SigIgn", &ProcessFigures::ignored}, {"SigCgt", &ProcessFigures::caught},
};

// Of Linux's task alone; an isle does not count them, or has none.
constexpr const char* left_out[] = {"VmPTE", "HugetlbPages", "Speculation_Store_Bypass", "SpeculationIndirectBranch",
                                    "voluntary_ctxt_switches", "nonvoluntary_ctxt_switches"};

bool is(const char* line, size_t length, const char* name)
{
    size_t named = strlen(name);
    return length > named && line[named] == ':' && memcmp(line, name, named) == 0;
}

bool write_amount(Text& text, const char* line, size_t length, const ProcessFigures& process)
{
    for (const Amount& one : amounts) {
        if (is(line, length, one.name)) {
            text.print("%s:\t%8llu kB\n", one.name, static_cast<Word>(one.bytes(process) / kib));
            return true;
        }
    }
    return false;
}

bool write_signals(Text& text, const char* line, size_t length, const ProcessFigures& process)
{
    for (const Signals& one : signals) {
        if (is(line, length, one.name)) {
            text.print("%s:\t%016llx\n", one.name, static_cast<Word>(process.*one.set));
            return true;
        }
    }
    return false;
}

bool is_left_out(const char* line, size_t length)
{
    for (const char* name : left_out)
        if (is(line, length, name))
            return true;
    return false;
}

bool write_other(Text& text, const char* line, size_t length, const ProcessFigures& process)
{
    if (is(line, length, "Name")) {
        text.print("Name:\t%s\n", process.command);
    } else if (is(line, length, "State")) {
        text.add("State:\tR (running)\n"); // who asks runs
    } else if (is(line, length, "Threads")) {
        text.print("Threads:\t%u\n", process.threads);
    } else if (is(line, length, "Cpus_allowed")) {
        text.add("Cpus_allowed:\t");
        write_mask(text, process.allowed);
        text.add("\n");
    } else if (is(line, length, "Cpus_allowed_list")) {
        text.add("Cpus_allowed_list:\t");
        write_list(text, process.allowed);
        text.add("\n");
    } else if (is(line, length, "Mems_allowed")) {
        text.add("Mems_allowed:\t1\n");
    } else if (is(line, length, "Mems_allowed_list")) {
        text.add("Mems_allowed_list:\t0\n");
    } else {
        return is_left_out(line, length);
    }
    return true;
}

// Of stat, counted from 1. What is not here is Linux's: parents, groups, terminal, children's time, start, priorities.
struct Field {
    int number;
    uint64_t (*value)(const ProcessFigures&);
};
constexpr uint64_t none(const ProcessFigures&)
{
    return 0;
}
constexpr uint64_t low_signals = 0x7fffffff; // as many as stat has room for
constexpr Field fields[] = {
    {10, none}, // page faults
    {12, none},
    {14, [](const ProcessFigures& process) { return process.ticks; }},
    {15, none},
    {20, [](const ProcessFigures& process) { return uint64_t{process.threads}; }},
    {23, [](const ProcessFigures& process) { return process.now; }},
    {24, [](const ProcessFigures& process) { return process.now / page_size; }},
    {26, [](const ProcessFigures& process) { return process.code_begin; }},
    {27, [](const ProcessFigures& process) { return process.code_end; }},
    {28, [](const ProcessFigures& process) { return process.stack_begin + process.stack_size; }},
    {29, none},
    {30, none},
    {31, [](const ProcessFigures& process) { return process.pending & low_signals; }},
    {32, [](const ProcessFigures& process) { return process.blocked & low_signals; }},
    {33, [](const ProcessFigures& process) { return process.ignored & low_signals; }},
    {34, [](const ProcessFigures& process) { return process.caught & low_signals; }},
    {35, none},
    {39, [](const ProcessFigures& process) { return uint64_t{process.cpu}; }},
    {45, [](const ProcessFigures& process) { return process.data_begin; }},
    {46, [](const ProcessFigures& process) { return process.data_end; }},
    {47, [](const ProcessFigures& process) { return process.heap_begin; }},
    {48, [](const ProcessFigures& process) { return process.arguments_begin; }},
    {49, [](const ProcessFigures& process) { return process.arguments_end; }},
    {50, [](const ProcessFigures& process) { return process.environment_begin; }},
    {51, [](const ProcessFigures& process) { return process.environment_end; }},
};

const Field* field_numbered(int number)
{
    for (const Field& field : fields)
        if (field.number == number)
            return &field;
    return nullptr;
}

}

void write_status(Text& text, const char* linux_text, size_t size, const ProcessFigures& process)
{
    const char *line = linux_text, *end = linux_text + size;
    while (line != end) {
        size_t length = line_length(line, end);
        if (!write_amount(text, line, length, process) && !write_signals(text, line, length, process) &&
            !write_other(text, line, length, process))
            text.add(line, length);
        line += length;
    }
}

constexpr int state_field = 3;

// The second field is a name in brackets, which may hold blanks and brackets itself.
void write_stat(Text& text, const char* linux_text, size_t size, const ProcessFigures& process)
{
    const char *end = linux_text + size, *open = linux_text, *close = end;
    while (open != end && *open != '(')
        open++;
    while (close != open && close[-1] != ')')
        close--;
    text.add(linux_text, static_cast<size_t>(open - linux_text));
    text.print("(%s)", process.command);
    int number = state_field;
    for (const char* at = close; at != end && *at == ' '; number++) {
        const char* begin = ++at;
        while (at != end && *at != ' ' && *at != '\n')
            at++;
        text.add(" ");
        if (number == state_field)
            text.add("R"); // who asks runs
        else if (const Field* field = field_numbered(number))
            text.print("%llu", static_cast<Word>(field->value(process)));
        else
            text.add(begin, static_cast<size_t>(at - begin));
    }
    text.add("\n");
}

void write_statm(Text& text, const ProcessFigures& process)
{
    uint64_t pages = process.now / page_size, code = code_size(process) / page_size;
    text.print("%llu %llu 0 %llu 0 %llu 0\n", static_cast<Word>(pages), static_cast<Word>(pages), static_cast<Word>(code),
               static_cast<Word>(pages - code));
}

// Linux begins the name in column 74.
void write_map(Text& text, const MapLine& line)
{
    constexpr int column = 73;
    size_t before = text.size();
    text.print("%08llx-%08llx %c%c%c%c %08llx %02x:%02x %llu ", static_cast<Word>(line.begin), static_cast<Word>(line.end),
               line.rights & 1 ? 'r' : '-', line.rights & 2 ? 'w' : '-', line.rights & 4 ? 'x' : '-', line.shared ? 's' : 'p',
               static_cast<Word>(line.offset), line.device_major, line.device_minor, static_cast<Word>(line.inode));
    if (*line.file) {
        auto written = static_cast<int>(text.size() - before);
        text.print("%*s", column > written ? column - written : 0, "");
        text.add(line.file);
    }
    text.add("\n");
}

}
