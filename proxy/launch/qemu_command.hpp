// SPDX-License-Identifier: MIT
// The command line QEMU is started with. Pure.
#pragma once

#include "launch/launch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skl {

struct QemuDescriptors {
    int memory;   // guest RAM
    int doorbell; // QEMU's end of the serial port's socket
    int debugger; // QEMU's end of the gdb stub's socket; -1: no stub
};

std::vector<std::string> qemu_command(const QemuSettings& settings, std::uint32_t cpus, std::uint64_t ram_size,
                                      const QemuDescriptors& descriptors);

// Where a machine's RAM is interrupted by the device hole.
std::uint64_t low_memory_limit(const std::string& machine);

}
