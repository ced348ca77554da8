// SPDX-License-Identifier: MIT
// The two ways in which a `syscall` instruction becomes an exception.
#include "syscall_instruction.hpp"

#include <skellig/address.h>

#include <cstdint>

namespace {

constexpr std::uint32_t invalid_opcode = 6, page_fault = 14;

bool is_by_jump(const skl_trap& trap, const skl_registers& registers)
{
    return trap.vector == page_fault && registers.frame.rip == SKL_SYSCALL_TARGET && trap.address == SKL_SYSCALL_TARGET;
}

// The second byte is read only where the first says that the processor has read it, too: the page behind may be missing.
bool is_by_opcode(const skl_trap& trap, const skl_registers& registers)
{
    auto* code = reinterpret_cast<const std::uint8_t*>(registers.frame.rip);
    return trap.vector == invalid_opcode && code[0] == 0x0f && code[1] == 0x05;
}

}

bool skl::is_syscall(const skl_trap& trap, const skl_registers& registers)
{
    return is_by_jump(trap, registers) || is_by_opcode(trap, registers);
}

// Where the processor has jumped, it has left the two registers itself.
void skl::step_over_syscall(const skl_trap& trap, skl_registers& registers)
{
    if (trap.vector == page_fault) {
        registers.frame.rip = registers.rcx;
        registers.frame.rflags = registers.r11;
    } else {
        registers.frame.rip += 2;
        registers.rcx = registers.frame.rip;
        registers.r11 = registers.frame.rflags;
    }
}
