// SPDX-License-Identifier: MIT
// A process as Linux writes of it: what it says of the proxy, with the isle's figures where the proxy's would be wrong.
#pragma once

#include "own_files/cpu_text.hpp"
#include "own_files/text.hpp"

#include <stdint.h>

namespace libos {

constexpr size_t longest_command = 15; // of what Linux calls comm

struct ProcessFigures {
    char command[longest_command + 1];
    uint32_t threads, cpu;                                              // cpu: that the caller runs on
    uint64_t ticks;                                                     // computing, in hundredths of a second
    uint64_t now, most;                                                 // bytes of memory: there is no other than resident
    uint64_t code_begin, code_end, data_begin, data_end;                // of the image
    uint64_t heap_begin, stack_begin, stack_size;
    uint64_t arguments_begin, arguments_end, environment_begin, environment_end;
    uint64_t pending, shared_pending, blocked, ignored, caught;         // signals: bit n - 1
    CpuSet allowed;
};

void write_status(Text& text, const char* linux_text, size_t size, const ProcessFigures& process);
void write_stat(Text& text, const char* linux_text, size_t size, const ProcessFigures& process);
void write_statm(Text& text, const ProcessFigures& process);

// A line of maps. `file`: of an image, its name, or what stands in its place; empty: nothing.
struct MapLine {
    uint64_t begin, end, offset, inode;
    uint32_t rights; // 1 read, 2 write, 4 execute
    bool shared;
    unsigned device_major, device_minor;
    const char* file;
};
void write_map(Text& text, const MapLine& line);

}
