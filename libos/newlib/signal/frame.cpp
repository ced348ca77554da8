// SPDX-License-Identifier: MIT
// Word by word, in Linux's order (sys/ucontext.h).
#include "signal/frame.hpp"

namespace libos {
namespace {

// In gregs' order, REG_R8 to REG_RCX; then come stack pointer, instruction pointer and flags.
constexpr uint64_t skl_registers::*general[] = {
    &skl_registers::r8,  &skl_registers::r9,  &skl_registers::r10, &skl_registers::r11, &skl_registers::r12,
    &skl_registers::r13, &skl_registers::r14, &skl_registers::r15, &skl_registers::rdi, &skl_registers::rsi,
    &skl_registers::rbp, &skl_registers::rbx, &skl_registers::rdx, &skl_registers::rax, &skl_registers::rcx};
static_assert(sizeof general / sizeof *general == REG_RSP && REG_RCX == REG_RSP - 1);

constexpr uint64_t trap_flag = 1 << 8, nested_task = 1 << 14;

}

void show_registers(ucontext_t& context, const skl_interruption& interruption, const skl_trap* trap)
{
    greg_t* shown = context.uc_mcontext.gregs;
    const skl_registers& registers = *interruption.registers;
    for (int i = 0; i < REG_RSP; i++)
        shown[i] = static_cast<greg_t>(registers.*general[i]);
    shown[REG_RSP] = static_cast<greg_t>(registers.frame.rsp);
    shown[REG_RIP] = static_cast<greg_t>(registers.frame.rip);
    shown[REG_EFL] = static_cast<greg_t>(registers.frame.rflags);
    shown[REG_CSGSFS] = static_cast<greg_t>(registers.frame.cs | registers.frame.ss << 48);
    shown[REG_ERR] = trap ? static_cast<greg_t>(trap->error) : 0;
    shown[REG_TRAPNO] = trap ? static_cast<greg_t>(trap->vector) : 0;
    shown[REG_CR2] = trap ? static_cast<greg_t>(trap->address) : 0;
    context.uc_mcontext.fpregs = interruption.vectors;
}

void take_registers(const ucontext_t& context, const skl_interruption& interruption)
{
    const greg_t* shown = context.uc_mcontext.gregs;
    skl_registers& registers = *interruption.registers;
    for (int i = 0; i < REG_RSP; i++)
        registers.*general[i] = static_cast<uint64_t>(shown[i]);
    registers.frame.rsp = static_cast<uint64_t>(shown[REG_RSP]);
    registers.frame.rip = static_cast<uint64_t>(shown[REG_RIP]);
    registers.frame.rflags = static_cast<uint64_t>(shown[REG_EFL]) & ~(trap_flag | nested_task); // our own iretq must survive it
}

}
