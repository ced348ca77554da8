// SPDX-License-Identifier: MIT
// Masking, waiting and event dispatch; the entry itself is upcall/entry.S.
#include "upcalls.hpp"

#include "cpu.hpp"
#include "exceptions.hpp"
#include "machine.hpp"
#include "thread/scheduler.hpp"

#include <kernel/signal.h>

#include <skellig/call.h>


extern "C" void skl_upcall_entry();
extern "C" void skl_exception_entry();

namespace skl {
namespace {

std::uint64_t take_events()
{
    return __atomic_exchange_n(&machine::percpu().pending, 0, __ATOMIC_ACQ_REL);
}

std::uint64_t upcall_stack_top()
{
    Cpu& cpu = this_cpu();
    return reinterpret_cast<std::uint64_t>(cpu.upcall_stack + sizeof cpu.upcall_stack / sizeof *cpu.upcall_stack);
}

}

void register_upcalls()
{
    skl_monitor_call(SKL_CALL_SET_UPCALL, reinterpret_cast<std::uint64_t>(&skl_upcall_entry), upcall_stack_top(),
                     reinterpret_cast<std::uint64_t>(&skl_exception_entry), exception_stack_top());
}

void leave_exceptions_to_monitor()
{
    skl_monitor_call(SKL_CALL_SET_UPCALL, reinterpret_cast<std::uint64_t>(&skl_upcall_entry), upcall_stack_top());
}

void unmask_and_serve()
{
    while (machine::events_pending()) {
        machine::set_masked(1);
        serve(take_events());
        if (turn_is_over())
            yield();
        machine::set_masked(0);
    }
    if (this_cpu().current)
        skl_signals_held_off(); // no upcall follows that would deliver them
}

void serve_pending()
{
    while (machine::events_pending())
        serve(take_events());
}

void wait_masked(std::uint64_t deadline)
{
    std::int64_t events = skl_monitor_call(SKL_CALL_WAIT, deadline);
    if (events > 0)
        serve(static_cast<std::uint64_t>(events));
}

}

// From upcall/entry.S, masked, on the interrupted thread's stack, all of its registers saved. A handler of a signal runs unmasked.
extern "C" void skl_upcall(skl_registers* registers, void* vectors)
{
    skl::serve(skl::take_events());
    if (skl::turn_is_over())
        skl::yield(); // everything is on this stack; goes on when it is this thread's turn again
    if (skl_signals_waiting()) {
        skl::unmask_upcalls();
        skl_interruption interruption{registers, vectors};
        skl_signals_deliver(&interruption);
        skl::machine::set_masked(1);
    }
}
