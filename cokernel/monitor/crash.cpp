// SPDX-License-Identifier: MIT
// Writes the record of how an isle ended; the first CPU that has something to say does.
#include "crash.h"

#include "apic.h"
#include "doorbell.h"
#include "enclave.h"
#include "entry.h"
#include "serve.h"
#include "siblings.h"

namespace skl {
namespace {

constexpr std::uint64_t page_fault = 14;

bool first_to_end(Cpu& cpu) { return exchange(cpu.enclave->ended, 1u) == 0; }

void write_record(Cpu& cpu, const Registers& at, const Ending& ending)
{
    skl_record& record = cpu.control->record;
    record.cpu = cpu.index;
    record.status = ending.status;
    record.vector = static_cast<std::uint32_t>(at.vector);
    record.error = at.error;
    record.address = at.vector == page_fault ? cpu::read_cr2() : 0;
    record.rip = at.rip;
    record.rflags = at.rflags;
    record.rsp = at.rsp;
    const std::uint64_t gpr[16] = {at.rax, at.rcx, at.rdx, at.rbx, at.rsp, at.rbp, at.rsi, at.rdi,
                                   at.r8,  at.r9,  at.r10, at.r11, at.r12, at.r13, at.r14, at.r15};
    for (unsigned i = 0; i < 16; ++i)
        record.gpr[i] = gpr[i];
    record.fs_base = cpu::read_fs_base();
    record.gs_base = cpu::read_gs_base();
    record.tsc = cpu::read_tsc();
    store_release(record.kind, ending.kind);
}

[[noreturn]] void wait_for_park()
{
    Cpu& cpu = current();
    for (;;) {
        serve(cpu);
        halt();
    }
}

} // namespace

void end_isle(Cpu& cpu, const Registers& at, const Ending& ending)
{
    if (first_to_end(cpu)) {
        write_record(cpu, at, ending);
        alert_siblings(cpu);
        doorbell_ring(cpu);
    }
    die(cpu);
}

void die(Cpu& cpu)
{
    timer_program(cpu, 0);
    cpu.interrupt_entry = 0;
    store_fenced(cpu.phase, Phase::dead);
    continue_on_main_stack(wait_for_park);
}

void record_stopped(Cpu& cpu)
{
    static constexpr Registers nowhere{};
    if (cpu.phase == Phase::entering) // CPU 0 may not have set up the enclave's state yet
        return;
    if (first_to_end(cpu))
        write_record(cpu, cpu.phase == Phase::active ? cpu.user() : nowhere, {SKL_RECORD_STOPPED, 0});
}

void record_refused(std::uint64_t launch_pa, std::uint64_t index, std::uint32_t field)
{
    if (index != 0)
        return;
    auto& control = *window<skl_control>(launch_pa + SKL_CONTROL_STATE);
    control.record.error = field;
    store_release(control.record.kind, SKL_RECORD_REFUSED);
    doorbell_refuse(*window<skl_launch>(launch_pa));
}

} // namespace skl
