// SPDX-License-Identifier: MIT
// Upcalls of the test program: counted, and exceptions skipped when a case asks for it.
#pragma once

#include "isle.h"

struct Saved {
    u64 r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    u64 rip, cs, rflags, rsp, ss;
};

struct Seen {
    volatile u64 interrupts, timers, kicks, hosts;
    volatile u64 exceptions, vector, error, address, rip;
    volatile u64 skip;  // bytes to go on behind a faulting instruction
    volatile u64 again; // TSC ticks until the next timer, 0: none
};
extern Seen seen[8]; // by CPU

inline unsigned this_cpu()
{
    unsigned cpu;
    asm volatile("movl %%gs:24, %0" : "=r"(cpu));
    return cpu;
}

extern "C" {
void interrupt_entry();
void exception_entry();
u64 hold_pattern(const volatile u64* count, u64 target, u64 looks = ~0ULL);
}

void take_upcalls();
inline void mask() { asm volatile("movl $1, %%gs:0" : : : "memory"); }
void unmask(); // and serves what came meanwhile
inline bool is_masked()
{
    unsigned masked;
    asm volatile("movl %%gs:0, %0" : "=r"(masked) : : "memory");
    return masked;
}
