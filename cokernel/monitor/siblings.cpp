// SPDX-License-Identifier: MIT
// Interrupts between the CPUs of one enclave, and what is agreed upon by them.
#include "siblings.h"

#include "../base/atomic.h"
#include "apic.h"
#include "doorbell.h"
#include "enclave.h"
#include "entry.h"
#include "serve.h"

namespace skl {
namespace {

bool active(const Cpu& cpu) { return load_acquire(cpu.phase) == Phase::active; }

void send(const Cpu& cpu, std::uint32_t index, std::uint32_t vector)
{
    apic_send(cpu, cpu.launch->cpu[index].apic_id, x86::apic::ipi_fixed | vector);
}

template <typename Action>
void for_each_sibling(Cpu& cpu, Action action)
{
    for (std::uint32_t i = 0; i < cpu.launch->cpus; ++i)
        if (i != cpu.index)
            action(i, sibling(cpu, i));
}

// Stays true to the end: a CPU that leaves ring 3 meanwhile loads CR3 before it comes back.
bool has_flushed(const Cpu& other, std::uint32_t wanted)
{
    return !active(other) || static_cast<std::int32_t>(load_acquire(other.flushes_done) - wanted) >= 0;
}

} // namespace

void flush_everywhere(Cpu& cpu)
{
    cpu::flush_tlb();
    if (cpu.launch->cpus == 1)
        return;
    full_fence(); // the tables are written: see go() in enter.cpp
    for_each_sibling(cpu, [&](std::uint32_t i, Cpu& other) {
        if (!active(other))
            return;
        add(other.flushes_wanted, 1u);
        set_bits(other.attention, std::uint32_t{ATTENTION_FLUSH});
        send(cpu, i, SKL_VECTOR_SHOOTDOWN);
    });
    for_each_sibling(cpu, [&](std::uint32_t, Cpu& other) {
        std::uint32_t wanted = load_acquire(other.flushes_wanted);
        wait_until(cpu, [&] { return has_flushed(other, wanted); });
    });
}

void serve_flush(Cpu& cpu)
{
    std::uint32_t wanted = load_acquire(cpu.flushes_wanted);
    cpu::flush_tlb();
    store_release(cpu.flushes_done, wanted);
}

std::int64_t start_sibling(Cpu& cpu, std::uint64_t index, std::uint64_t entry, std::uint64_t stack, std::uint64_t argument)
{
    if (index >= cpu.launch->cpus || index == cpu.index || entry >= SKL_ISLE_END || stack > SKL_ISLE_END)
        return answer(Error::invalid);
    Cpu& other = sibling(cpu, static_cast<std::uint32_t>(index));
    if (!compare_exchange(other.phase, Phase::stopped, Phase::starting))
        return answer(Error::busy);
    other.start_entry = entry;
    other.start_stack = stack;
    other.start_argument = argument;
    store_fenced(other.phase, Phase::active);
    send(cpu, static_cast<std::uint32_t>(index), SKL_VECTOR_CONTROL);
    return 0;
}

std::int64_t stop_sibling(Cpu& cpu, std::uint64_t index)
{
    if (index >= cpu.launch->cpus || index == cpu.index)
        return answer(Error::invalid);
    Cpu& other = sibling(cpu, static_cast<std::uint32_t>(index));
    if (!active(other))
        return answer(Error::no_such_cpu);
    set_bits(other.attention, std::uint32_t{ATTENTION_STOP});
    send(cpu, static_cast<std::uint32_t>(index), SKL_VECTOR_CONTROL);
    wait_until(cpu, [&] { return !active(other); });
    return 0;
}

void stop_here(Cpu& cpu)
{
    cpu.stopped = cpu.user();
    if (cpu.has_xsave && !cpu.in_qemu()) // in QEMU ring 0 may be emulated without vector instructions
        cpu::xsave(cpu.xsave_area());
    cpu.interrupt_entry = cpu.exception_entry = 0;
    cpu.deadline = 0;
    timer_program(cpu, 0);
    store_fenced(cpu.phase, Phase::stopped);
    continue_on_main_stack(await_start);
}

std::int64_t kick(Cpu& cpu, std::uint64_t mask, std::uint64_t base)
{
    if (base == SKL_KICK_HOST) {
        doorbell_ring(cpu);
        return 0;
    }
    for (; mask; mask &= mask - 1) {
        std::uint64_t index = base + static_cast<unsigned>(__builtin_ctzll(mask));
        if (base >= cpu.launch->cpus || index >= cpu.launch->cpus)
            return answer(Error::invalid);
        if (load_acquire(sibling(cpu, static_cast<std::uint32_t>(index)).phase) != Phase::parked)
            send(cpu, static_cast<std::uint32_t>(index), SKL_VECTOR_KICK);
    }
    return 0;
}

void send_to_active_siblings(Cpu& cpu, std::uint32_t vector)
{
    for_each_sibling(cpu, [&](std::uint32_t i, Cpu& other) {
        if (active(other))
            send(cpu, i, vector);
    });
}

void alert_siblings(Cpu& cpu)
{
    for_each_sibling(cpu, [&](std::uint32_t i, Cpu& other) {
        if (load_acquire(other.phase) != Phase::parked)
            send(cpu, i, SKL_VECTOR_CONTROL);
    });
}

} // namespace skl
