// SPDX-License-Identifier: MIT
// What the HERMIT_* variables say. Their meaning is HermitCore's.
#pragma once

#include "launch/launch.hpp"

#include <functional>
#include <optional>
#include <string>

namespace skl {

enum class Engine { automatic, metal, qemu };

struct Settings {
    Engine engine = Engine::automatic; // HERMIT_ISLE: unset, a NUMA node's number, "qemu"
    Request request;                   // HERMIT_CPUS, HERMIT_MEM
    QemuSettings qemu;                 // HERMIT_QEMU, HERMIT_KVM, HERMIT_MACHINE, HERMIT_DEBUG, HERMIT_GDB_PORT, HERMIT_QEMU_OPTIONS
    bool verbose = false;              // HERMIT_VERBOSE: not "0"
    bool trace = false;                // HERMIT_VERBOSE=trace: each forwarded call
};

using Variables = std::function<std::optional<std::string>(const char* name)>;

// Throws Failure (125) naming the variable.
Settings settings_from(const Variables& variable);

}
