// SPDX-License-Identifier: MIT
// Mailbox command ENTER: from a parked CPU to ring 3 of an enclave.
#include "apic.h"
#include "crash.h"
#include "enclave.h"
#include "entry.h"
#include "serve.h"
#include "validate.h"

namespace skl {
namespace {

constexpr std::int32_t refused = static_cast<std::int32_t>(answer(Error::invalid));

void adopt(Cpu& cpu, const skl_launch& launch, std::uint32_t index)
{
    cpu.launch = &launch;
    cpu.control = window<skl_control>(launch.control_pa + SKL_CONTROL_STATE);
    cpu.enclave = window<Enclave>(launch.control_pa + SKL_CONTROL_MONITOR);
    cpu.index = index;
    cpu.interrupt_entry = cpu.exception_entry = 0;
    cpu.deadline = 0;
    cpu.attention = 0;
    cpu.flushes_done = cpu.flushes_wanted = 0;
    cpu.use_shared(window<skl_percpu>(launch.public_pa + SKL_PERCPU_OFFSET(index)));
    cpu.shared->masked = 1;
}

std::uint64_t generation(const skl_launch& launch) { return launch.enclave + 1; }

// CPU 0 builds, the others wait for it. Until then this CPU runs on the pool's tables.
bool make_tables(Cpu& cpu)
{
    Enclave& enclave = *cpu.enclave;
    std::uint64_t mine = generation(*cpu.launch);
    if (cpu.index == 0) {
        enclave.ended = 0;
        enclave.lock = 0;
        bool built = build_tables(cpu);
        store_release(built ? enclave.ready : enclave.failed, mine);
        return built;
    }
    auto decided = [&] { return load_acquire(enclave.ready) == mine || load_acquire(enclave.failed) == mine; };
    wait_until(cpu, decided);
    return enclave.ready == mine;
}

void announce_entered(Cpu& cpu)
{
    skl_mailbox& box = cpu.mailbox();
    store_relaxed(box.result, 0);
    store_relaxed(box.state, SKL_CPU_ENTERED);
    store_release(box.acknowledged, cpu.served);
}

[[noreturn]] void go(Cpu& cpu, std::uint64_t entry, std::uint64_t stack, std::uint64_t argument)
{
    cpu::flush_tlb(); // after `active` can be seen: who changes tables either counts on us or is seen here
    cpu.shared->masked = 1;
    cpu.shared->in_exception = 0; // a CPU stopped in its handler begins anew
    cpu::write_fs_base(0);
    cpu::write_gs_base(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(cpu.index));
    enter_user(entry, stack, argument);
}

// START finds every sibling in the enclave: CPU 0 goes to ring 3 last.
void await_siblings(Cpu& cpu)
{
    for (std::uint32_t i = 1; i < cpu.launch->cpus; ++i) {
        const Cpu& other = sibling(cpu, i);
        wait_until(cpu, [&] { return load_acquire(other.phase) >= Phase::stopped; });
    }
}

[[noreturn]] void first_entry()
{
    Cpu& cpu = current();
    await_siblings(cpu);
    store_fenced(cpu.phase, Phase::active);
    cpu.control->entered_tsc = cpu::read_tsc();
    go(cpu, cpu.launch->entry, 0, SKL_PUBLIC_BASE);
}

} // namespace

void forget_enclave(Cpu& cpu)
{
    cpu.use_shared(&cpu.nobody);
    cpu.enclave = nullptr;
    cpu.launch = nullptr;
    cpu.control = nullptr;
    cpu.paused = 0;
}

std::int32_t enter_enclave(Cpu& cpu, std::uint64_t launch_pa, std::uint64_t index)
{
    if (!aligned(launch_pa, SKL_EXTENT_ALIGN) || launch_pa >= (1ULL << 45))
        return refused;
    const auto& launch = *window<skl_launch>(launch_pa);
    std::uint32_t wrong = check_launch(launch, {launch_pa, index, cpu.block_pa()});
    if (wrong != launch_valid) {
        record_refused(launch_pa, index, wrong);
        return refused;
    }
    adopt(cpu, launch, static_cast<std::uint32_t>(index));
    store_fenced(cpu.phase, Phase::entering);
    if (!make_tables(cpu)) {
        record_refused(launch_pa, index, offsetof(skl_launch, control_size));
        forget_enclave(cpu);
        store_fenced(cpu.phase, Phase::parked);
        return static_cast<std::int32_t>(answer(Error::no_memory));
    }
    cpu::write_cr3(cpu.enclave->root_pa);
    store_fenced(cpu.phase, Phase::stopped);
    announce_entered(cpu);
    continue_on_main_stack(index == 0 ? first_entry : await_start);
}

void await_start()
{
    Cpu& cpu = current();
    while (load_acquire(cpu.phase) != Phase::active) {
        serve(cpu);
        if (load_acquire(cpu.phase) != Phase::active)
            halt();
    }
    go(cpu, cpu.start_entry, cpu.start_stack, cpu.start_argument);
}

} // namespace skl
