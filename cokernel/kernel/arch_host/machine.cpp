// SPDX-License-Identifier: MIT
// The hosted machine's state, and monitor calls handed to the test.
#include "machine.hpp"

#include <ucontext.h>

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace skl::machine {

Host* host = nullptr;
thread_local skl_percpu* this_percpu = nullptr;
thread_local void* this_thread_pointer = nullptr;

// Never freed: there is no moment at which a test could tell that one has ended, and they are few.
struct Fiber {
    ucontext_t registers{};
    void* sanitizer = nullptr;
};

namespace {

thread_local Fiber* current = nullptr;

void* sanitizer_fiber([[maybe_unused]] bool fresh)
{
#if defined(__SANITIZE_THREAD__)
    return fresh ? __tsan_create_fiber(0) : __tsan_get_current_fiber();
#else
    return nullptr;
#endif
}

void tell_sanitizer([[maybe_unused]] const Fiber& entered)
{
#if defined(__SANITIZE_THREAD__)
    __tsan_switch_to_fiber(entered.sanitizer, 1 /* the scheduler's own locks order things, or do not */);
#endif
}

Fiber& running()
{
    if (!current) {
        current = new Fiber;
        current->sanitizer = sanitizer_fiber(false);
    }
    return *current;
}

}

// Fibers are bound to their host thread, since thread_local variables are: tests do not move threads between CPUs.
void switch_context(Context& left, const Context& entered)
{
    left = &running();
    current = entered;
    tell_sanitizer(*entered);
    swapcontext(&left->registers, &entered->registers);
}

Context new_context(std::uint64_t stack, std::uint64_t size, void (*function)())
{
    auto* fiber = new Fiber;
    getcontext(&fiber->registers);
    fiber->registers.uc_stack.ss_sp = reinterpret_cast<void*>(stack);
    fiber->registers.uc_stack.ss_size = size;
    makecontext(&fiber->registers, function, 0);
    fiber->sanitizer = sanitizer_fiber(true);
    return fiber;
}

}

// What start/cpu_entry.S does; the test has set this host thread up as the CPU.
extern "C" void skl_cpu_main();
extern "C" void skl_cpu_entry()
{
    skl_cpu_main();
}

extern "C" std::int64_t skl_monitor_call(std::uint64_t number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2, std::uint64_t a3,
                                         std::uint64_t a4)
{
    return skl::machine::host->monitor_call(number, {a0, a1, a2, a3, a4});
}
