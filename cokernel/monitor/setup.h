// SPDX-License-Identifier: MIT
// Bringing one CPU from whatever it was into the monitor's state.
#pragma once

#include "cpu.h"

namespace skl {

void set_up_cpu(Cpu& cpu);

// Takes away what a program left in the CPU; part of every change of enclave.
void scrub_cpu(Cpu& cpu);

} // namespace skl
