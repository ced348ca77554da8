// SPDX-License-Identifier: MIT
// Interrupts and exceptions that assembly hands on: commands, late timers, and everything ring 3 has done wrong.
#include "../base/atomic.h"
#include "apic.h"
#include "crash.h"
#include "entry.h"
#include "serve.h"

namespace skl {
namespace {

constexpr std::uint64_t nmi = 2, double_fault = 8, page_fault = 14, machine_check = 18;

void save_frame(skl_frame& frame, const Registers& user)
{
    frame.rip = user.rip;
    frame.cs = SKL_USER_CS;
    frame.rflags = user.rflags;
    frame.rsp = user.rsp;
    frame.ss = SKL_USER_SS;
}

void resume_at(Registers& user, std::uint64_t entry, std::uint64_t stack)
{
    user.rip = entry;
    user.rsp = stack;
    user.rflags = USER_FLAGS;
}

// The same as DELIVER in event.S, for events that came up in C++.
void deliver_pending(Cpu& cpu, Registers& user)
{
    skl_percpu& shared = *cpu.shared;
    if (!load_relaxed(shared.pending) || load_relaxed(shared.masked) || !cpu.interrupt_entry)
        return;
    shared.masked = 1;
    save_frame(shared.interrupt, user);
    resume_at(user, cpu.interrupt_entry, cpu.interrupt_stack);
}

bool deliver_exception(Cpu& cpu, Registers& user)
{
    skl_percpu& shared = *cpu.shared;
    if (!cpu.exception_entry || load_relaxed(shared.in_exception))
        return false;
    shared.in_exception = 1;
    save_frame(shared.exception, user);
    shared.vector = user.vector;
    shared.error = user.error;
    shared.address = user.vector == page_fault ? cpu::read_cr2() : 0;
    resume_at(user, cpu.exception_entry, cpu.exception_stack);
    return true;
}

bool from_ring3(const Registers& at) { return at.cs & 3; }

// Ring 0 itself: a bug of ours, or a machine check. In an enclave the isle pays, otherwise the CPU is lost.
[[noreturn]] void fail(Cpu& cpu, const Registers& at)
{
    skl_mailbox& box = cpu.mailbox();
    box.fault_rip = at.rip;
    box.fault_error = at.error;
    box.fault_address = cpu::read_cr2();
    box.fault_vector = static_cast<std::uint32_t>(at.vector);
    if (cpu.phase >= Phase::stopped)
        end_isle(cpu, at, {at.vector == machine_check ? SKL_RECORD_MACHINE_CHECK : SKL_RECORD_MONITOR, 0});
    store_relaxed(box.result, static_cast<std::int32_t>(answer(Error::fault)));
    store_relaxed(box.state, SKL_CPU_FAILED);
    store_release(box.acknowledged, load_relaxed(box.sequence));
    for (;;)
        asm volatile("cli; hlt");
}

// Machine checks are broadcast: a parked CPU that can go on was only told.
void check_machine(Cpu& cpu, const Registers& at)
{
    using namespace x86;
    std::uint64_t status = cpu::read_msr(msr::mcg_status);
    cpu.mailbox().machine_checks += 1;
    cpu::write_msr(msr::mcg_status, status & ~msr::mcg_in_progress);
    if (from_ring3(at))
        end_isle(cpu, at, {SKL_RECORD_MACHINE_CHECK, 0});
    if (cpu.phase != Phase::parked || !(status & msr::mcg_restart_ip_valid))
        fail(cpu, at);
}

} // namespace
} // namespace skl

void interrupt(skl::Registers* user)
{
    using namespace skl;
    Cpu& cpu = current();
    if (user->vector != nmi)
        apic_acknowledge(cpu);
    if (user->vector == SKL_VECTOR_TIMER)
        timer_program(cpu, cpu.deadline); // early: a part of a long one-shot, or a cancelled one
    if (user->vector == VECTOR_SERIAL)
        set_bits(cpu.attention, std::uint32_t{ATTENTION_SERIAL});
    serve(cpu);
    deliver_pending(cpu, *user);
}

void exception(skl::Registers* at)
{
    using namespace skl;
    Cpu& cpu = current();
    if (at->vector == machine_check)
        return check_machine(cpu, *at);
    if (!from_ring3(*at) || at->vector == double_fault)
        fail(cpu, *at);
    if (!deliver_exception(cpu, *at))
        end_isle(cpu, *at, {SKL_RECORD_EXCEPTION, 0});
}
