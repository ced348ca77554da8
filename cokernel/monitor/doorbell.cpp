// SPDX-License-Identifier: MIT
// At most one host interrupt of an enclave is outstanding: the module arms, ringing takes.
#include "doorbell.h"

#include <skellig/qemu.h>

#include "../base/atomic.h"
#include "apic.h"
#include "siblings.h"

namespace skl {
namespace {

// 16550 registers, from the port's base.
constexpr std::uint16_t port = SKL_QEMU_DOORBELL_PORT, data = 0, interrupt_enable = 1, fifo_control = 2, line_control = 3,
                        modem_control = 4, line_status = 5;

// I/O APIC: index and data words.
constexpr std::uint64_t io_apic_pa = 0xfec00000;
constexpr std::uint32_t redirection = 0x10;

void io_apic_write(std::uint32_t index, std::uint32_t value)
{
    volatile std::uint32_t* registers = window<std::uint32_t>(io_apic_pa);
    registers[0] = index;
    registers[4] = value;
}

} // namespace

void doorbell_ring(Cpu& cpu)
{
    if (cpu.in_qemu()) {
        cpu::out8(port, 1);
        return;
    }
    skl_control& control = *cpu.control;
    if (exchange(control.doorbell_armed, 0u) != 1) {
        add(control.doorbell_suppressed, 1u);
        return;
    }
    store_fenced(control.doorbell_rung, 1u);
    apic_send(cpu, load_relaxed(control.doorbell_apic_id), x86::apic::ipi_fixed | (load_relaxed(control.doorbell_vector) & 0xff));
}

void doorbell_refuse(const skl_launch& launch)
{
    if (launch.flags & SKL_LAUNCH_QEMU)
        cpu::out8(port, 1);
}

void doorbell_receive(Cpu& cpu)
{
    while (cpu::in8(port + line_status) & 1)
        cpu::in8(port + data);
    set_bits(cpu.shared->pending, std::uint64_t{SKL_EVENT_HOST});
    if (cpu.launch)
        send_to_active_siblings(cpu, SKL_VECTOR_HOST);
}

void doorbell_set_up_serial(std::uint32_t apic_id)
{
    cpu::out8(port + line_control, 3); // 8 bits, data registers visible
    cpu::out8(port + fifo_control, 7); // on and empty, an interrupt for each byte
    cpu::out8(port + modem_control, 8 | 3); // OUT2 lets the interrupt through
    cpu::out8(port + interrupt_enable, 1);
    io_apic_write(redirection + 2 * SKL_QEMU_DOORBELL_IRQ + 1, apic_id << 24);
    io_apic_write(redirection + 2 * SKL_QEMU_DOORBELL_IRQ, VECTOR_SERIAL); // fixed, edge, high
}

} // namespace skl
