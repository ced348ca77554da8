// SPDX-License-Identifier: MIT
// In QEMU the monitor is its own module: mailboxes, start of the other CPUs, and an ENTER command for each of them.
#include "pvh.h"

#include <skellig/qemu.h>

#include "../base/atomic.h"
#include "apic.h"
#include "clock.h"
#include "doorbell.h"
#include "entry.h"

extern "C" const std::uint8_t trampoline_start[], trampoline_end[], trampoline_data[];

namespace skl {
namespace {

std::uint64_t block_pa(std::uint32_t index) { return SKL_QEMU_BLOCKS_PA + std::uint64_t{index} * SKL_CPU_BLOCK_SIZE; }

// Both interrupt controllers of the PC: vectors away from the exceptions, every line masked.
void silence_pic()
{
    struct {
        std::uint16_t port;
        std::uint8_t value;
    } const steps[] = {{0x20, 0x11}, {0xa0, 0x11}, {0x21, 0x20}, {0xa1, 0x28}, {0x21, 4},
                       {0xa1, 2},    {0x21, 1},    {0xa1, 1},    {0x21, 0xff}, {0xa1, 0xff}};
    for (auto step : steps)
        cpu::out8(step.port, step.value);
}

[[noreturn]] void refuse(std::uint32_t field)
{
    auto& control = *window<skl_control>(SKL_QEMU_LAUNCH_PA + SKL_CONTROL_STATE);
    control.record.error = field;
    store_release(control.record.kind, SKL_RECORD_REFUSED);
    cpu::out8(SKL_QEMU_DOORBELL_PORT, 1);
    for (;;)
        asm volatile("cli; hlt");
}

void post_enter(const skl_launch& launch, std::uint32_t index)
{
    auto& box = *window<skl_mailbox>(block_pa(index));
    box.magic = SKL_ABI_MAGIC;
    box.revision = SKL_ABI_REVISION;
    box.linux_cpu = index;
    box.apic_id = launch.cpu[index].apic_id;
    box.pool_root_pa = BOOT_ROOT;
    box.image_pa = SKL_QEMU_MONITOR_PA;
    box.tsc_khz = launch.tsc_khz;
    box.command = SKL_COMMAND_ENTER;
    box.argument[0] = SKL_QEMU_LAUNCH_PA;
    box.argument[1] = index;
    store_release(box.sequence, 1u);
}

void place_trampoline(std::uint32_t index)
{
    auto* page = window<std::uint8_t>(SKL_QEMU_TRAMPOLINE_PA);
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(trampoline_end - trampoline_start); ++i)
        page[i] = trampoline_start[i];
    auto& data = *reinterpret_cast<skl_trampoline*>(page + (trampoline_data - trampoline_start));
    data.page = SKL_QEMU_TRAMPOLINE_PA;
    data.root_pa = BOOT_ROOT;
    data.entry = reinterpret_cast<std::uint64_t>(monitor_entry);
    data.block = SKL_WINDOW_BASE + block_pa(index);
}

// All CPUs are in xAPIC mode still.
void start_cpu(const Cpu& cpu, const skl_launch& launch, std::uint32_t index)
{
    using namespace x86::apic;
    std::uint32_t apic_id = launch.cpu[index].apic_id;
    place_trampoline(index);
    apic_send(cpu, apic_id, ipi_init);
    apic_send(cpu, apic_id, ipi_init_end);
    delay(launch.tsc_khz, 200);
    apic_send(cpu, apic_id, ipi_start | SKL_QEMU_TRAMPOLINE_PA >> 12);
    const auto& box = *window<skl_mailbox>(block_pa(index));
    std::uint64_t patience = cpu::read_tsc() + launch.tsc_khz * 10000; // ten seconds: the host may be busy
    while (load_acquire(box.alive) != SKL_ABI_MAGIC) {
        if (cpu::read_tsc() > patience)
            refuse(offsetof(skl_launch, cpus)); // the machine has fewer
        cpu::pause();
    }
}

} // namespace
} // namespace skl

extern "C" [[noreturn]] void pvh_main()
{
    using namespace skl;
    const auto& launch = *window<skl_launch>(SKL_QEMU_LAUNCH_PA);
    if (launch.magic != SKL_ABI_MAGIC)
        refuse(offsetof(skl_launch, magic));
    if (launch.cpus == 0 || launch.cpus > SKL_QEMU_MAX_CPUS)
        refuse(offsetof(skl_launch, cpus));
    silence_pic();
    for (std::uint32_t i = 0; i < launch.cpus; ++i)
        post_enter(launch, i);
    Cpu& cpu = current();
    cpu.apic = SKL_WINDOW_BASE + x86::apic::default_pa;
    for (std::uint32_t i = 1; i < launch.cpus; ++i)
        start_cpu(cpu, launch, i);
    doorbell_set_up_serial(launch.cpu[0].apic_id);
    continue_on_main_stack(cpu_main);
}
