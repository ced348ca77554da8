// SPDX-License-Identifier: MIT
// Masking, waiting and event dispatch; the entry itself is upcall/entry.S.
#include "upcalls.hpp"

#include "cpu.hpp"
#include "exceptions.hpp"
#include "machine.hpp"

#include <kernel/signal.h>

#include <skellig/call.h>

#include <atomic>

extern "C" void skl_upcall_entry();
extern "C" void skl_exception_entry();

namespace skl {
namespace {

// Other threads of this CPU and the monitor see these words; both run on this CPU, so order in the program is enough.
void set_masked(std::uint32_t value)
{
    std::atomic_signal_fence(std::memory_order_seq_cst);
    __atomic_store_n(&machine::percpu().masked, value, __ATOMIC_RELAXED);
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

std::uint64_t take_events()
{
    return __atomic_exchange_n(&machine::percpu().pending, 0, __ATOMIC_ACQ_REL);
}

bool events_pending()
{
    return __atomic_load_n(&machine::percpu().pending, __ATOMIC_RELAXED) != 0;
}

std::uint64_t upcall_stack_top()
{
    Cpu& cpu = this_cpu();
    return reinterpret_cast<std::uint64_t>(cpu.upcall_stack + sizeof cpu.upcall_stack / sizeof *cpu.upcall_stack);
}

// HOST says that a slot may be done, KICK and TIMER that something else has changed: whoever waits looks at its own condition again
// after wait_masked(). With one thread per CPU nobody else has to be woken.
void serve(std::uint64_t)
{
}

}

constinit Cpu cpus[SKL_MAX_CPUS];

void register_upcalls()
{
    skl_monitor_call(SKL_CALL_SET_UPCALL, reinterpret_cast<std::uint64_t>(&skl_upcall_entry), upcall_stack_top(),
                     reinterpret_cast<std::uint64_t>(&skl_exception_entry), exception_stack_top());
}

void leave_exceptions_to_monitor()
{
    skl_monitor_call(SKL_CALL_SET_UPCALL, reinterpret_cast<std::uint64_t>(&skl_upcall_entry), upcall_stack_top());
}

void unmask_upcalls()
{
    set_masked(0);
    while (events_pending()) {
        set_masked(1);
        serve(take_events());
        set_masked(0);
    }
}

UpcallsMasked::UpcallsMasked() : was_masked_(machine::percpu().masked != 0)
{
    set_masked(1);
}

UpcallsMasked::~UpcallsMasked()
{
    if (!was_masked_)
        unmask_upcalls();
}

void wait_masked(std::uint64_t deadline)
{
    std::uint64_t before = machine::ticks();
    std::int64_t events = skl_monitor_call(SKL_CALL_WAIT, deadline);
    this_cpu().asleep += machine::ticks() - before;
    if (events > 0)
        serve(static_cast<std::uint64_t>(events));
}

}

// From upcall/entry.S, masked, on the interrupted thread's stack, all of its registers saved. A handler of a signal runs unmasked.
extern "C" void skl_upcall(skl_registers* registers, void* vectors)
{
    skl::serve(skl::take_events());
    if (skl_signals_waiting()) {
        skl::unmask_upcalls();
        skl_interruption interruption{registers, vectors};
        skl_signals_deliver(&interruption);
        skl::set_masked(1);
    }
}
