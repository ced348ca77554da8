// SPDX-License-Identifier: MIT
// Deciding about an exception on its own stack, then serving it on the stack that libos has named.
#include "exceptions.hpp"

#include "cpu.hpp"
#include "machine.hpp"
#include "save.h"
#include "syscall_instruction.hpp"
#include "upcalls.hpp"
#include "xsave.hpp"

#include <kernel/memory.h>
#include <kernel/signal.h>

#include <cstring>

using namespace skl;

namespace {

constexpr std::uint32_t debug = 1, breakpoint = 3, overflow = 4;
constexpr std::uint64_t red_zone = 128;

// An exception that libos handles, with the registers that go with it; below them lies the XSAVE image.
struct Delivery {
    skl_trap trap;
    std::uint64_t unused; // keeps registers 16-byte aligned
    skl_registers registers;
};

struct Moved {
    std::uint64_t vectors, registers; // in rax and rdx
};

skl_trap current_trap()
{
    const skl_percpu& page = machine::percpu();
    return {static_cast<std::uint32_t>(page.vector), 0, page.error, page.address};
}

// These are reported behind the instruction; it must be found again.
void step_back(const skl_trap& trap, skl_registers& registers)
{
    if (trap.vector == breakpoint || trap.vector == overflow)
        registers.frame.rip -= 1;
    if (trap.vector == debug)
        registers.frame.rflags &= ~std::uint64_t{1 << 8}; // TF: not in the handler
}

// On top of the thread's stack or the alternative one: Delivery, and below it the XSAVE image.
Moved move_to(std::uint64_t top, const skl_trap& trap, const skl_registers& registers, const void* vectors)
{
    auto* delivery = reinterpret_cast<Delivery*>((top - sizeof(Delivery)) & ~std::uint64_t{15});
    auto* image = reinterpret_cast<void*>((reinterpret_cast<std::uint64_t>(delivery) - xsave_size()) & ~std::uint64_t{63});
    delivery->trap = trap;
    delivery->registers = registers;
    std::memcpy(image, vectors, xsave_size());
    auto* where = &delivery->registers;
    std::memcpy(static_cast<char*>(image) + XSAVE_SOFTWARE, &where, sizeof where); // for unwinders: save.h
    return {reinterpret_cast<std::uint64_t>(image), reinterpret_cast<std::uint64_t>(where)};
}

}

bool skl::make_exception_stack(Cpu& cpu)
{
    if (cpu.exception_stack)
        return true;
    std::uint64_t base = skl_pages_allocate(exception_stack_size, 4096);
    if (base == SKL_NO_ADDRESS)
        return false;
    cpu.exception_stack = base;
    return true;
}

std::uint64_t skl::exception_stack_top()
{
    return this_cpu().exception_stack + exception_stack_size;
}

// From upcall/exception_entry.S, masked, on the exception stack. Zero: not handled, run it again without us.
extern "C" Moved skl_exception(skl_registers* registers, const void* vectors, std::uint32_t was_masked)
{
    skl_trap trap = current_trap();
    std::uint64_t top = 0;
    if (was_masked) // the library kernel itself
        top = 0;
    else if (is_syscall(trap, *registers))
        top = registers->frame.rsp - red_zone;
    else
        top = skl_trap_stack(&trap, registers);
    if (top == 0) {
        step_back(trap, *registers);
        leave_exceptions_to_monitor();
        return {0, 0};
    }
    return move_to(top, trap, *registers, vectors);
}

// From upcall/exception_entry.S, masked, on the stack of the delivery. A signal that has come meanwhile had no upcall of its own.
extern "C" void skl_exception_on_thread(skl_registers* registers, void* vectors)
{
    auto* delivery = reinterpret_cast<Delivery*>(reinterpret_cast<char*>(registers) - offsetof(Delivery, registers));
    skl_trap trap = delivery->trap;
    unmask_upcalls();
    if (is_syscall(trap, *registers)) {
        step_over_syscall(trap, *registers);
        skl_syscall_instruction(registers);
    } else {
        skl_interruption interruption{registers, vectors};
        skl_trap_handle(&trap, &interruption);
    }
    if (skl_signals_waiting())
        skl_interrupt_self(); // here: what this stack holds is still needed
}

// From skl_interrupt_self.
extern "C" void skl_interrupted_self(skl_registers* registers, void* vectors)
{
    skl_interruption interruption{registers, vectors};
    skl_signals_deliver(&interruption);
}
