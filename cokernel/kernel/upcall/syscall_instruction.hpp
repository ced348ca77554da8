// SPDX-License-Identifier: MIT
// Telling a `syscall` instruction from other exceptions.
#pragma once

#include <kernel/signal.h>

namespace skl {

// `syscall` is off (EFER.SCE = 0), so it is an invalid opcode. Some virtual machines let it jump to LSTAR all the same, still in ring 3;
// the monitor has put an address there that nobody may execute.
bool is_syscall(const skl_trap& trap, const skl_registers& registers);

// Of such an exception: makes the registers what they are behind the instruction, rcx and r11 as the processor leaves them.
void step_over_syscall(const skl_trap& trap, skl_registers& registers);

}
