// SPDX-License-Identifier: MIT
// Each CPU has an idle thread of its own, whose stack it starts on; CPU 0, which has started with main(), gets one afterwards.
#include "start_cpu.hpp"

#include "cpu.hpp"
#include "sync/spinlock.hpp"
#include "thread/scheduler.hpp"
#include "upcall/exceptions.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/memory.h>
#include <kernel/thread.h>

#include <skellig/call.h>

// start/cpu_entry.S
extern "C" void skl_cpu_entry();

namespace skl {
namespace {

constexpr std::uint64_t idle_stack_size = 16 << 10;
constinit Spinlock lock; // for one at a time

bool make_idle(Cpu& cpu, std::uint32_t number)
{
    if (cpu.idle.self)
        return true;
    std::uint64_t stack = skl_pages_allocate(idle_stack_size, 4096);
    if (stack == SKL_NO_ADDRESS)
        return false;
    cpu.idle.self = &cpu.idle;
    cpu.idle.cpu = cpu.idle.wanted_cpu = number;
    cpu.idle.stack = {stack, idle_stack_size};
    cpu.idle.context = machine::new_context(stack, idle_stack_size, run_idle);
    return true;
}

// It waits for its first thread from then on.
bool enter_kernel(Cpu& cpu, std::uint32_t number)
{
    if (!make_exception_stack(cpu))
        return false;
    cpu.current = &cpu.idle;
    auto entry = reinterpret_cast<std::uint64_t>(&skl_cpu_entry), idle = reinterpret_cast<std::uint64_t>(&cpu.idle);
    return skl_monitor_call(SKL_CALL_START, number, entry, cpu.idle.stack.base + cpu.idle.stack.size, idle) >= 0;
}

bool start(std::uint32_t number)
{
    Cpu& cpu = cpus[number];
    if (cpu.started.load(std::memory_order_acquire))
        return true;
    Guard guard(lock);
    if (cpu.started.load(std::memory_order_relaxed))
        return true;
    bool started = make_idle(cpu, number) && (number == 0 || enter_kernel(cpu, number));
    cpu.started.store(started, std::memory_order_release);
    return started;
}

}

bool start_cpu(std::uint32_t number)
{
    return start(0) && start(number);
}

}

// From start/cpu_entry.S, masked, on the idle stack, FS base at the idle thread.
extern "C" void skl_cpu_main()
{
    skl::register_upcalls();
    skl::run_idle();
}
