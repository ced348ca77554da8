// SPDX-License-Identifier: MIT
// Control registers, descriptor tables, stale registers of Linux: everything a lent CPU needs before it parks.
#include "setup.h"

#include <initializer_list>

#include "apic.h"
#include "entry.h"

namespace skl {
namespace {

using namespace x86;

constexpr unsigned nmi_stack = 1, double_fault_stack = 2, machine_check_stack = 3;

// QEMU before 9.1 lets `iretq` of ring 3 read its stack as ring 0 would, which SMAP then refuses; isles return by it from upcalls.
bool smap_is_usable()
{
    constexpr std::uint32_t tcgt = 0x54474354; // "TCGT"
    bool virtual_machine = cpu::cpuid(1).ecx & (1u << 31);
    return !virtual_machine || cpu::cpuid(0x40000000).ebx != tcgt;
}

void set_up_control_registers(Cpu& cpu)
{
    auto basic = cpu::cpuid(1);
    auto extended = cpu::cpuid(7);
    cpu.has_xsave = basic.ecx & (1u << 26);
    std::uint64_t cr4 = cr4::pae | cr4::machine_check | cr4::fxsave | cr4::simd_exceptions;
    cr4 |= cpu.has_xsave ? cr4::xsave : 0;
    cr4 |= extended.ebx & (1u << 0) ? cr4::fsgsbase : 0;
    cr4 |= extended.ebx & (1u << 7) ? cr4::smep : 0;
    cr4 |= (extended.ebx & (1u << 20)) && smap_is_usable() ? cr4::smap : 0;
    cr4 |= extended.ecx & (1u << 2) ? cr4::umip : 0;
    cpu::write_cr0(cr0::protection | cr0::monitor_fpu | cr0::extension | cr0::numeric_error | cr0::write_protect | cr0::paging);
    cpu::write_cr4(cr4);
    cpu::write_msr(msr::efer, efer::long_mode | efer::long_mode_active | efer::no_execute); // no syscall
    if (!cpu.has_xsave)
        return;
    auto features = cpu::cpuid(0xd);
    cpu::write_xcr0(features.eax | std::uint64_t{features.edx} << 32);
    if (cpu::cpuid(0xd, 1).eax & (1u << 4))
        cpu::write_msr(msr::xfd, 0);
}

void set_up_descriptors(Cpu& cpu)
{
    std::uint64_t block = cpu.block();
    cpu.gdt = {{0, 0, Gdt::code, Gdt::data, 0, Gdt::data | Gdt::ring3, Gdt::code | Gdt::ring3, 0, 0}};
    cpu.task = {};
    cpu.task.rsp[0] = block + STACK_TOP;
    cpu.task.ist[nmi_stack - 1] = block + SKL_CPU_BLOCK_NMI_STACK + SKL_PAGE_SIZE;
    cpu.task.ist[double_fault_stack - 1] = block + SKL_CPU_BLOCK_DF_STACK + SKL_PAGE_SIZE;
    cpu.task.ist[machine_check_stack - 1] = block + SKL_CPU_BLOCK_MC_STACK + SKL_PAGE_SIZE;
    cpu.task.io_map = sizeof(TaskState);
    describe_task(cpu.gdt, reinterpret_cast<std::uint64_t>(&cpu.task));
    TablePointer pointer{sizeof(Gdt) - 1, reinterpret_cast<std::uint64_t>(&cpu.gdt)};
    cpu::load_gdt(&pointer);
    cpu::load_task(task);
}

unsigned stack_of(unsigned vector)
{
    return vector == 2 ? nmi_stack : vector == 8 ? double_fault_stack : vector == 18 ? machine_check_stack : 0;
}

void set_up_gates(Cpu& cpu)
{
    auto* gates = reinterpret_cast<Gate*>(cpu.block() + SKL_CPU_BLOCK_IDT);
    auto set = [gates](unsigned vector, void (*handler)(), unsigned ring = 0) {
        gates[vector] = Gate::interrupt(reinterpret_cast<std::uint64_t>(handler), 0, ring);
    };
    constexpr unsigned breakpoint = 3; // the one exception that ring 3 may raise by name
    for (unsigned vector = 0; vector < 32; ++vector)
        gates[vector] = Gate::interrupt(exception_gates[vector], stack_of(vector), vector == breakpoint ? 3 : 0);
    for (unsigned vector = 32; vector < 256; ++vector)
        set(vector, gate_stray);
    set(SKL_VECTOR_COMMAND, gate_command);
    set(SKL_VECTOR_HOST, gate_host);
    set(SKL_VECTOR_KICK, gate_kick);
    set(SKL_VECTOR_TIMER, gate_timer);
    set(SKL_VECTOR_SHOOTDOWN, gate_shootdown);
    set(SKL_VECTOR_CONTROL, gate_control);
    set(VECTOR_SERIAL, gate_serial);
    set(SKL_VECTOR_SPURIOUS, gate_spurious);
    set(SKL_CALL_VECTOR, gate_call, 3);
    TablePointer pointer{256 * sizeof(Gate) - 1, reinterpret_cast<std::uint64_t>(gates)};
    cpu::load_idt(&pointer);
}

// Linux's entry points survive INIT; ring 3 must not find them.
void clear_stale_registers()
{
    for (std::uint32_t number : {msr::sysenter_cs, msr::sysenter_esp, msr::sysenter_eip, msr::star, msr::cstar, msr::sfmask, msr::fs_base,
                                 msr::gs_base, msr::kernel_gs_base})
        cpu::write_msr(number, 0);
    cpu::write_msr(msr::lstar, SKL_SYSCALL_TARGET);
    cpu::reset_debug_registers();
}

bool is_intel() { return cpu::cpuid(0).ecx == 0x6c65746e; } // "ntel"

// Some Intel processors stop with a machine check when an executable page changes its size ("iTLB multihit").
bool code_pages_may_change_size()
{
    constexpr std::uint64_t not_affected = 1 << 6;
    if (!is_intel())
        return true;
    return (cpu::cpuid(7).edx & (1u << 29)) && (cpu::read_msr(msr::arch_capabilities) & not_affected);
}

void find_features(Cpu& cpu)
{
    bool has_1g = cpu::cpuid(0x80000001).edx & (1u << 26);
    cpu.levels = {has_1g ? 3u : 2u, code_pages_may_change_size() ? 2u : 1u};
    std::uint32_t edx = cpu::cpuid(7).edx;
    bool amd_barrier = cpu::cpuid(0x80000000).eax >= 0x80000008 && (cpu::cpuid(0x80000008).ebx & (1u << 12));
    cpu.has_branch_barrier = (edx & (1u << 26)) || amd_barrier;
    cpu.has_clear_buffers = edx & (1u << 10);
    cpu.has_flush_l1 = edx & (1u << 28);
}

void reset_extended_state(Cpu& cpu)
{
    auto* area = static_cast<std::uint32_t*>(cpu.xsave_area());
    for (unsigned word = 0; word < 576 / 4; ++word)
        area[word] = 0;
    area[6] = 0x1f80; // MXCSR; the header says that all else is initial
    if (cpu.has_xsave)
        cpu::xrstor(area);
    asm volatile("mov %0, %%ds; mov %0, %%es; mov %0, %%fs; mov %0, %%gs" : : "r"(0));
}

} // namespace

void set_up_cpu(Cpu& cpu)
{
    cpu.use_shared(&cpu.nobody);
    cpu.nobody.masked = 1;
    set_up_descriptors(cpu);
    set_up_gates(cpu); // before machine checks are let in
    set_up_control_registers(cpu);
    clear_stale_registers();
    find_features(cpu);
    apic_set_up(cpu, cpu.mailbox().tsc_khz);
}

void scrub_cpu(Cpu& cpu)
{
    if (!cpu.in_qemu()) // there the machine serves one isle only, and an emulated ring 0 may know general registers alone
        reset_extended_state(cpu);
    for (std::uint32_t number : {msr::fs_base, msr::gs_base, msr::kernel_gs_base})
        cpu::write_msr(number, 0);
    cpu::reset_debug_registers();
    if (cpu.has_branch_barrier)
        cpu::write_msr(msr::pred_cmd, 1);
    if (cpu.has_flush_l1)
        cpu::write_msr(msr::flush_cmd, 1);
    if (cpu.has_clear_buffers) {
        std::uint16_t selector = kernel_data;
        asm volatile("verw %0" : : "m"(selector) : "cc");
    }
}

} // namespace skl
