// SPDX-License-Identifier: MIT
// The local APIC in either mode: set-up, timer, interrupts to other CPUs.
#pragma once

#include <cstdint>

#include "../arch/x86_64/instructions.h"
#include "../hw/x86/apic.h"
#include "../hw/x86/registers.h"
#include "cpu.h"

namespace skl {

inline std::uint32_t apic_read(const Cpu& cpu, std::uint32_t offset)
{
    if (cpu.apic)
        return *reinterpret_cast<volatile std::uint32_t*>(cpu.apic + offset);
    return static_cast<std::uint32_t>(cpu::read_msr(x86::msr::x2apic + offset / 16));
}

inline void apic_write(const Cpu& cpu, std::uint32_t offset, std::uint32_t value)
{
    if (cpu.apic)
        *reinterpret_cast<volatile std::uint32_t*>(cpu.apic + offset) = value;
    else
        cpu::write_msr(x86::msr::x2apic + offset / 16, value);
}

inline void apic_acknowledge(const Cpu& cpu) { apic_write(cpu, x86::apic::end_of_interrupt, 0); }

// Stores before it are visible to the receiver.
void apic_send(const Cpu& cpu, std::uint32_t apic_id, std::uint32_t low);
void apic_set_up(Cpu& cpu, std::uint64_t tsc_khz);
void apic_quiet(Cpu& cpu);

// One interrupt at that TSC value, or a little earlier when it is far away; 0: none.
void timer_program(Cpu& cpu, std::uint64_t deadline);

} // namespace skl
