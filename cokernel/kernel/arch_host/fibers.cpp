// SPDX-License-Identifier: MIT
// Threads of the isle as fibers of the build machine, each told to the sanitizer: what one does before a switch comes before what the
// next one does on that CPU, and nothing else is ordered by a switch.
#include "machine.hpp"

#include <cstdio>
#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <ucontext.h>

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace skl::machine {

struct Fiber {
    std::uint64_t mark = 0; // known_mark: a fiber has lived at the foot of this stack
    std::uint64_t stack = 0, size = 0;
    void (*function)() = nullptr;
    // Its registers are in memory. Plain on purpose: nothing but the kernel's own locks orders leaving it on one CPU and entering it
    // on another, and ThreadSanitizer sees whether they do.
    bool saved = false;
    void* sanitizer = nullptr;
    ucontext_t registers{};
};

namespace {

constexpr std::uint64_t known_mark = 0x6e656761'72656269;
constexpr std::uint64_t least_stack = 256 << 10; // a sanitizer needs more than the kernel, whose idle threads have 16 KiB

thread_local Fiber* current = nullptr;
thread_local Fiber* previous = nullptr; // has just been left on this CPU

void create_sanitizer_fiber([[maybe_unused]] Fiber& fiber)
{
#if defined(__SANITIZE_THREAD__)
    fiber.sanitizer = __tsan_create_fiber(0);
#elif defined(__SANITIZE_ADDRESS__)
    __asan_unpoison_memory_region(reinterpret_cast<void*>(fiber.stack), fiber.size);
#endif
}

void destroy_sanitizer_fiber([[maybe_unused]] Fiber& fiber)
{
#if defined(__SANITIZE_THREAD__)
    __tsan_destroy_fiber(fiber.sanitizer);
#endif
}

void tell_sanitizer([[maybe_unused]] const Fiber& entered)
{
#if defined(__SANITIZE_THREAD__)
    __tsan_switch_to_fiber(entered.sanitizer, 0);
#elif defined(__SANITIZE_ADDRESS__)
    void* unused;
    __sanitizer_start_switch_fiber(&unused, reinterpret_cast<const void*>(entered.stack), entered.size);
#endif
}

// The first instructions after a switch, on whatever CPU that is now.
[[gnu::noinline]] void entered()
{
#if defined(__SANITIZE_ADDRESS__)
    const void* stack;
    std::size_t size;
    __sanitizer_finish_switch_fiber(nullptr, &stack, &size);
    previous->stack = reinterpret_cast<std::uint64_t>(stack); // a host thread's own is not known before
    previous->size = size;
#endif
    previous->saved = true;
}

[[gnu::noinline]] Fiber& running()
{
    if (!current) {
        current = new Fiber; // a CPU's first, which lasts as long as the CPU
#if defined(__SANITIZE_THREAD__)
        current->sanitizer = __tsan_get_current_fiber();
#endif
    }
    return *current;
}

[[gnu::noinline]] Fiber& change_to(Fiber& next)
{
    if (!next.saved) {
        std::fputs("arch_host: a thread is entered on one CPU while it runs on another\n", stderr);
        std::abort();
    }
    next.saved = false;
    previous = current;
    current = &next;
    return next;
}

[[noreturn]] void begin()
{
    entered();
    running().function();
    std::abort(); // threads end in the scheduler
}

std::uint64_t roomy_stack(std::uint64_t size)
{
    void* stack = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return stack == MAP_FAILED ? 0 : reinterpret_cast<std::uint64_t>(stack);
}

}

void switch_context(Context& left, const Context& next)
{
    Fiber& self = running();
    left = &self;
    tell_sanitizer(change_to(*next));
    ::swapcontext(&self.registers, &next->registers);
    entered();
}

// The fiber lives at the foot of its stack, which tells whether there was one before: it has ended, since its memory is used again.
Context new_context(std::uint64_t stack, std::uint64_t size, void (*function)())
{
    if (size < least_stack) {
        size = least_stack;
        stack = roomy_stack(size);
    }
    auto* fiber = reinterpret_cast<Fiber*>(stack);
    if (fiber->mark == known_mark)
        destroy_sanitizer_fiber(*fiber);
    fiber = new (fiber) Fiber;
    fiber->mark = known_mark;
    fiber->stack = stack + (sizeof(Fiber) + 63) / 64 * 64;
    fiber->size = stack + size - fiber->stack;
    fiber->function = function;
    create_sanitizer_fiber(*fiber);
    ::getcontext(&fiber->registers);
    fiber->registers.uc_stack.ss_sp = reinterpret_cast<void*>(fiber->stack);
    fiber->registers.uc_stack.ss_size = fiber->size;
    ::makecontext(&fiber->registers, begin, 0);
    fiber->saved = true;
    return fiber;
}

}
