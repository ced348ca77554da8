// SPDX-License-Identifier: MIT
// What the assembly files offer to C++ and what it calls there.
#pragma once

#include <cstdint>

#include "cpu.h"

extern "C" {

// Sleeps until any interrupt; interrupts are off before and after. Check for work first: none gets lost in between.
void halt();
[[noreturn]] void enter_user(std::uint64_t entry, std::uint64_t stack, std::uint64_t argument);
// Drops the stack as it is.
[[noreturn]] void continue_on_main_stack(void (*function)());
void monitor_entry();

void gate_call();
void gate_kick();
void gate_host();
void gate_timer();
void gate_command();
void gate_shootdown();
void gate_control();
void gate_serial();
void gate_spurious();
void gate_stray();
extern const std::uint64_t exception_gates[32];

[[noreturn]] void cpu_main();
std::int64_t monitor_call(skl::Registers* user);
void interrupt(skl::Registers* user);
void exception(skl::Registers* at);
}
