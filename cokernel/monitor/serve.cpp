// SPDX-License-Identifier: MIT
// The mailbox commands, and the words in which siblings leave requests.
#include "serve.h"

#include "apic.h"
#include "crash.h"
#include "doorbell.h"
#include "enclave.h"
#include "entry.h"
#include "setup.h"
#include "siblings.h"

namespace skl {
namespace {

void acknowledge(Cpu& cpu, std::int32_t result, std::uint32_t state)
{
    skl_mailbox& box = cpu.mailbox();
    store_relaxed(box.result, result);
    store_relaxed(box.state, state);
    store_release(box.acknowledged, cpu.served);
}

[[noreturn]] void park()
{
    Cpu& cpu = current();
    for (;;) {
        serve(cpu);
        halt();
    }
}

bool deaf([[maybe_unused]] const Cpu& cpu)
{
#ifdef SKL_TEST
    return cpu.mailbox().flags & SKL_MAILBOX_TEST_DEAF;
#else
    return false;
#endif
}

// From anywhere: forget what was going on, give up what ring 3 left behind, wait for the next command.
void leave_enclave(Cpu& cpu)
{
    if (cpu.phase == Phase::parked) {
        acknowledge(cpu, 0, SKL_CPU_PARKED);
        return;
    }
    record_stopped(cpu);
    timer_program(cpu, 0);
    store_fenced(cpu.phase, Phase::parked);
    cpu::write_cr3(cpu.mailbox().pool_root_pa);
    scrub_cpu(cpu);
    forget_enclave(cpu);
    acknowledge(cpu, 0, SKL_CPU_PARKED);
    continue_on_main_stack(park);
}

void pause_cpu(Cpu& cpu)
{
    if (cpu.paused)
        return acknowledge(cpu, 0, SKL_CPU_PAUSED);
    cpu.paused = 1;
    acknowledge(cpu, 0, SKL_CPU_PAUSED);
    while (cpu.paused) {
        halt();
        serve(cpu);
    }
    // What came meanwhile ended our sleep instead of reaching ring 3: let it come again.
    timer_program(cpu, cpu.deadline);
    apic_send(cpu, cpu.launch->cpu[cpu.index].apic_id, x86::apic::ipi_fixed | SKL_VECTOR_COMMAND);
}

void resume_cpu(Cpu& cpu)
{
    cpu.paused = 0;
    acknowledge(cpu, 0, SKL_CPU_ENTERED);
}

std::int32_t zero_memory(std::uint64_t pa, std::uint64_t bytes)
{
    constexpr std::uint64_t limit = 64 << 20;
    if (!aligned(pa | bytes, SKL_PAGE_SIZE) || bytes > limit || pa >= (1ULL << 45))
        return static_cast<std::int32_t>(answer(Error::invalid));
    cpu::zero(window<void>(pa), bytes);
    return 0;
}

[[noreturn]] void switch_off(Cpu& cpu)
{
    apic_quiet(cpu);
    acknowledge(cpu, 0, SKL_CPU_OFF);
    for (;;)
        asm volatile("cli; hlt");
}

void obey_parked(Cpu& cpu, std::uint32_t command, std::uint64_t argument0, std::uint64_t argument1)
{
    std::int32_t result;
    switch (command) {
    case SKL_COMMAND_ENTER:
        result = enter_enclave(cpu, argument0, argument1); // returns only to refuse
        break;
    case SKL_COMMAND_SCRUB:
        result = zero_memory(argument0, argument1);
        break;
    case SKL_COMMAND_OFF:
        switch_off(cpu);
    default:
        result = static_cast<std::int32_t>(answer(Error::invalid));
    }
    acknowledge(cpu, result, SKL_CPU_PARKED);
}

void obey_entered(Cpu& cpu, std::uint32_t command)
{
    if (command == SKL_COMMAND_PAUSE)
        pause_cpu(cpu);
    else if (command == SKL_COMMAND_RESUME)
        resume_cpu(cpu);
    else
        acknowledge(cpu, static_cast<std::int32_t>(answer(Error::busy)), cpu.paused ? SKL_CPU_PAUSED : SKL_CPU_ENTERED);
}

void obey_mailbox(Cpu& cpu)
{
    const skl_mailbox& box = cpu.mailbox();
    std::uint32_t sequence = load_acquire(box.sequence);
    if (sequence == cpu.served)
        return;
    cpu.served = sequence;
    std::uint32_t command = box.command;
    if (command == SKL_COMMAND_PARK && !deaf(cpu))
        leave_enclave(cpu);
    else if (command == SKL_COMMAND_PARK)
        return;
    else if (cpu.phase == Phase::parked)
        obey_parked(cpu, command, box.argument[0], box.argument[1]);
    else
        obey_entered(cpu, command);
}

} // namespace

void serve(Cpu& cpu)
{
    if (load_relaxed(cpu.attention)) {
        std::uint32_t asked = exchange(cpu.attention, 0u);
        if (asked & ATTENTION_FLUSH)
            serve_flush(cpu);
        if (asked & ATTENTION_SERIAL)
            doorbell_receive(cpu);
        if ((asked & ATTENTION_STOP) && cpu.phase == Phase::active)
            stop_here(cpu);
    }
    obey_mailbox(cpu);
    if ((cpu.phase == Phase::stopped || cpu.phase == Phase::active) && isle_has_ended(cpu))
        die(cpu);
}

} // namespace skl

extern "C" void cpu_main()
{
    using namespace skl;
    Cpu& cpu = current();
    skl_mailbox& box = cpu.mailbox();
    if (box.magic != SKL_ABI_MAGIC || box.revision != SKL_ABI_REVISION)
        for (;;)
            asm volatile("cli; hlt");
    set_up_cpu(cpu);
    forget_enclave(cpu); // INIT may have taken this CPU out of one
    cpu.phase = Phase::parked;
    cpu.attention = 0;
    cpu.served = box.acknowledged;
    store_relaxed(box.state, SKL_CPU_PARKED);
    store_release(box.alive, std::uint64_t{SKL_ABI_MAGIC});
    park();
}
