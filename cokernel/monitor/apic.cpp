// SPDX-License-Identifier: MIT
// Local APIC: quiet except for what we ask, timer by TSC deadline where there is one.
#include "apic.h"

#include "clock.h"

namespace skl {

using namespace x86::apic;

void apic_send(const Cpu& cpu, std::uint32_t apic_id, std::uint32_t low)
{
    if (!cpu.apic) {
        cpu::full_fence(); // wrmsr to x2APIC does not wait for stores
        cpu::write_msr(x86::msr::x2apic + command_low / 16, std::uint64_t{apic_id} << 32 | low);
        return;
    }
    apic_write(cpu, command_high, apic_id << 24);
    apic_write(cpu, command_low, low);
    while (apic_read(cpu, command_low) & delivery_pending)
        cpu::pause();
}

namespace {

void mask_local_sources(const Cpu& cpu)
{
    unsigned highest = (apic_read(cpu, version) >> 16) & 0xff;
    apic_write(cpu, lvt_timer, lvt_masked);
    apic_write(cpu, lvt_lint0, lvt_masked);
    apic_write(cpu, lvt_lint1, lvt_masked);
    apic_write(cpu, lvt_error, lvt_masked);
    if (highest >= 4)
        apic_write(cpu, lvt_performance, lvt_masked);
    if (highest >= 5)
        apic_write(cpu, lvt_thermal, lvt_masked);
    if (highest >= 6)
        apic_write(cpu, lvt_corrected_errors, lvt_masked);
}

// APIC ticks per TSC tick, 32.32. Both clocks are read close together; a disturbed reading is taken again.
std::uint64_t calibrate(const Cpu& cpu, std::uint64_t tsc_khz)
{
    std::uint64_t begin, middle, end;
    apic_write(cpu, timer_divide, divide_by_1);
    do {
        begin = cpu::read_tsc();
        apic_write(cpu, timer_initial, 0xffffffff);
        middle = cpu::read_tsc();
        delay(tsc_khz, 2000);
        end = cpu::read_tsc();
    } while (middle - begin > tsc_khz / 10);
    std::uint64_t ticks = 0xffffffff - apic_read(cpu, timer_current);
    apic_write(cpu, timer_initial, 0);
    return (ticks << 32) / (end - (begin + middle) / 2);
}

} // namespace

void apic_set_up(Cpu& cpu, std::uint64_t tsc_khz)
{
    std::uint64_t base = cpu::read_msr(x86::msr::apic_base);
    cpu.apic = base & x86::msr::apic_base_x2 ? 0 : SKL_WINDOW_BASE + (base & x86::Entry::address_mask);
    mask_local_sources(cpu);
    apic_write(cpu, spurious, software_enable | SKL_VECTOR_SPURIOUS);
    apic_write(cpu, task_priority, 0);
    bool has_deadline = cpu::cpuid(1).ecx & (1u << 24);
    cpu.timer_ratio = has_deadline ? 0 : calibrate(cpu, tsc_khz);
    apic_write(cpu, lvt_timer, SKL_VECTOR_TIMER | (has_deadline ? timer_is_deadline : 0));
    cpu::full_fence(); // the mode must have arrived before the first deadline
}

void apic_quiet(Cpu& cpu)
{
    timer_program(cpu, 0);
    mask_local_sources(cpu);
    apic_write(cpu, spurious, SKL_VECTOR_SPURIOUS);
}

void timer_program(Cpu& cpu, std::uint64_t deadline)
{
    if (!cpu.timer_ratio) {
        cpu::write_msr(x86::msr::tsc_deadline, deadline);
        return;
    }
    std::uint64_t now = cpu::read_tsc();
    std::uint64_t ticks = 0;
    if (deadline) {
        unsigned __int128 wide = deadline > now ? static_cast<unsigned __int128>(deadline - now) * cpu.timer_ratio : 0;
        ticks = static_cast<std::uint64_t>(wide >> 32) + 1;
        if (wide >> 64 || ticks > 0xffffffff)
            ticks = 0xffffffff;
    }
    apic_write(cpu, timer_initial, static_cast<std::uint32_t>(ticks));
}

} // namespace skl
