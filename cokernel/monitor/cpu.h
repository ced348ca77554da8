// SPDX-License-Identifier: MIT
// What the monitor knows of one CPU: the second page of its CPU block, found from the stack pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <skellig/address.h>
#include <skellig/launch.h>
#include <skellig/mailbox.h>
#include <skellig/public.h>

#include "../hw/x86/descriptors.h"
#include "address_space.h"
#include "offsets.h"

namespace skl {

struct Enclave;

// All of ring 3 as the slow entry paths save it, always at the top of the main stack.
struct Registers {
    std::uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    std::uint64_t vector, error;
    std::uint64_t rip, cs, rflags, rsp, ss;
};

enum class Phase : std::uint32_t {
    parked,   // in no enclave
    entering, // waits for the page tables
    stopped,  // in the enclave, waits in ring 0 for START
    starting, // a sibling fills in where to start
    active,   // runs ring 3, or serves a call of it
    dead,     // the isle has ended: waits for PARK
};

struct Cpu {
    // Read by assembly.
    std::uint64_t apic;        // window address of the registers, 0: x2APIC
    std::uint64_t timer_ratio; // APIC ticks per TSC tick, 32.32; 0: TSC deadline
    std::uint64_t deadline;    // of timer(), 0: none
    std::uint64_t interrupt_entry, interrupt_stack;
    std::uint64_t exception_entry, exception_stack;
    skl_percpu* shared;      // supervisor alias of the shared page, or &nobody
    std::uint32_t attention; // ATTENTION_*: siblings OR in, then send VECTOR_CONTROL or VECTOR_SHOOTDOWN

    std::uint32_t index; // in the enclave
    Enclave* enclave;
    const skl_launch* launch;
    skl_control* control;
    std::uint32_t served; // sequence of the last mailbox command
    std::uint32_t paused;
    Phase phase;             // own CPU; START by a sibling moves stopped -> starting -> active
    std::uint32_t flushes_wanted; // siblings add
    std::uint32_t flushes_done;
    std::uint64_t start_entry, start_stack, start_argument; // by the sibling that starts it
    PageLevels levels;
    std::uint32_t has_branch_barrier, has_clear_buffers, has_flush_l1, has_xsave;

    x86::TaskState task;
    x86::Gdt gdt;
    Registers stopped; // ring 3 where stop() found it
    skl_percpu nobody; // takes the events of a parked CPU

    std::uint64_t block() const { return reinterpret_cast<std::uint64_t>(this) - SKL_CPU_BLOCK_DATA; }
    std::uint64_t block_pa() const { return block() - SKL_WINDOW_BASE; }
    skl_mailbox& mailbox() const { return *reinterpret_cast<skl_mailbox*>(block()); }
    Registers& user() const { return *reinterpret_cast<Registers*>(block() + STACK_TOP - sizeof(Registers)); }
    void* xsave_area() const { return reinterpret_cast<void*>(block() + SKL_CPU_BLOCK_XSAVE); }
    bool in_qemu() const { return launch && (launch->flags & SKL_LAUNCH_QEMU); }

    // Says where fast paths find the shared page: in the structure and on top of the stack.
    void use_shared(skl_percpu* page)
    {
        shared = page;
        auto* top = reinterpret_cast<std::uint64_t*>(block() + STACK_TOP);
        top[0] = reinterpret_cast<std::uint64_t>(page);
        top[1] = reinterpret_cast<std::uint64_t>(this);
    }
};

inline Cpu& current()
{
    std::uint64_t rsp;
    asm volatile("mov %%rsp, %0" : "=r"(rsp));
    return *reinterpret_cast<Cpu*>((rsp & ~std::uint64_t{BLOCK_SIZE - 1}) + BLOCK_CPU);
}

template <typename T>
T* window(std::uint64_t pa)
{
    return reinterpret_cast<T*>(SKL_WINDOW_BASE + pa);
}

inline Cpu& sibling(const Cpu& cpu, std::uint32_t index)
{
    return *window<Cpu>(cpu.launch->cpu[index].block_pa + SKL_CPU_BLOCK_DATA);
}

static_assert(sizeof(Cpu) <= 4096 && sizeof(Registers) == 176);
static_assert(offsetof(Cpu, apic) == CPU_APIC && offsetof(Cpu, timer_ratio) == CPU_TIMER_RATIO);
static_assert(offsetof(Cpu, deadline) == CPU_DEADLINE && offsetof(Cpu, shared) == CPU_SHARED);
static_assert(offsetof(Cpu, interrupt_entry) == CPU_INTERRUPT_ENTRY && offsetof(Cpu, interrupt_stack) == CPU_INTERRUPT_STACK);
static_assert(offsetof(Cpu, exception_entry) == CPU_EXCEPTION_ENTRY && offsetof(Cpu, exception_stack) == CPU_EXCEPTION_STACK);
static_assert(offsetof(Cpu, attention) == CPU_ATTENTION);
static_assert(SKL_ABI_MAGIC == IMAGE_MAGIC && SKL_ABI_REVISION == IMAGE_REVISION);
static_assert(SKL_CPU_BLOCK_SIZE == BLOCK_SIZE && SKL_CPU_BLOCK_DATA == BLOCK_CPU);
static_assert(offsetof(skl_mailbox, stray) == BLOCK_STRAY && offsetof(skl_mailbox, nmis) == BLOCK_NMIS);
static_assert(offsetof(skl_percpu, masked) == SHARED_MASKED && offsetof(skl_percpu, pending) == SHARED_PENDING);
static_assert(offsetof(skl_percpu, interrupt.rip) == SHARED_RIP && offsetof(skl_percpu, interrupt.ss) == SHARED_SS);
static_assert(offsetof(skl_percpu, interrupt.rflags) == SHARED_RFLAGS && offsetof(skl_percpu, interrupt.rsp) == SHARED_RSP);
static_assert(SKL_USER_CS == USER_CS && SKL_USER_SS == USER_SS && x86::user_code == USER_CS && x86::user_data == USER_SS);
static_assert(SKL_EVENT_TIMER == EVENT_TIMER && SKL_EVENT_KICK == EVENT_KICK && SKL_EVENT_HOST == EVENT_HOST);
static_assert(SKL_VECTOR_COMMAND == VECTOR_COMMAND && SKL_VECTOR_TIMER == VECTOR_TIMER);
static_assert(SKL_VECTOR_SHOOTDOWN == VECTOR_SHOOTDOWN && SKL_VECTOR_CONTROL == VECTOR_CONTROL);

} // namespace skl
