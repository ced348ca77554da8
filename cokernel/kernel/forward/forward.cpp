// SPDX-License-Identifier: MIT
// Submitting a call to the proxy, polling for its answer for a while, then sleeping until the proxy kicks.
#include "forward.hpp"

#include "cpu.hpp"
#include "public_area.hpp"
#include "thread/scheduler.hpp"
#include "thread/thread.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/forward.h>
#include <kernel/signal.h>

#include <skellig/call.h>
#include <skellig/ring_ops.h>

namespace skl {
namespace {

constexpr std::uint64_t poll_microseconds = 20; // a short call is answered within; what takes longer may cost a doorbell
constexpr std::uint64_t short_poll_microseconds = 2;

void fill(skl_slot& slot, std::uint32_t number, const std::uint64_t argument[6])
{
    __atomic_store_n(&slot.number, number, __ATOMIC_RELAXED);
    for (int i = 0; i < 6; i++)
        __atomic_store_n(&slot.argument[i], argument[i], __ATOMIC_RELAXED);
}

// The fence is the submitter's half of "arm, fence, look again".
void submit(std::uint32_t slot)
{
    skl_ring_push(&ring_of(machine::percpu().cpu), slots(), slot);
    skl_full_fence();
    if (__atomic_load_n(&boot_page().host_sleeping, __ATOMIC_RELAXED))
        skl_monitor_call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
}

// Less long where others wait for the CPU.
bool poll(const skl_slot& slot)
{
    std::uint64_t limit = this_cpu().ready.empty() ? poll_microseconds : short_poll_microseconds;
    std::uint64_t end = machine::ticks() + limit * boot_page().tsc_khz / 1000;
    do {
        if (skl_slot_done(&slot))
            return true;
        ++this_cpu().empty_looks;
        machine::pause();
    } while (machine::ticks() < end);
    return false;
}

// A handler wants to run: the proxy is told to come back from the call. It looks at the slot when it is kicked.
void cancel(skl_slot& slot)
{
    __atomic_or_fetch(&slot.state, SKL_SLOT_CANCEL, __ATOMIC_ACQ_REL); // partner: skl_slot_take, Executor::interrupt_cancelled
    skl_full_fence();
    skl_monitor_call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
}

// In the list of its CPU, which sees to it that the proxy kicks and wakes the thread when its answer is there.
class Listed {
public:
    explicit Listed(Thread& caller) : cpu_(this_cpu()), caller_(caller)
    {
        caller.next_caller = cpu_.callers;
        cpu_.callers = &caller;
        __atomic_store_n(&machine::percpu().sleeping, 1, __ATOMIC_RELAXED);
    }
    ~Listed()
    {
        Thread** link = &cpu_.callers;
        while (*link != &caller_)
            link = &(*link)->next_caller;
        *link = caller_.next_caller;
        if (!cpu_.callers)
            __atomic_store_n(&machine::percpu().sleeping, 0, __ATOMIC_RELAXED);
    }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

private:
    Cpu& cpu_;
    Thread& caller_;
};

void block_until_done(skl_slot& slot)
{
    Thread& self = this_thread();
    {
        Listed listed(self);
        for (bool cancelled = false;;) {
            if (!cancelled && skl_signals_waiting()) {
                cancelled = true;
                cancel(slot);
            }
            about_to_block(self); // and a fence; the proxy completes, fences, reads `sleeping`
            if (skl_slot_done(&slot))
                break;
            block(self, 0, cancelled ? Signals::hold_off : Signals::interrupt);
        }
        need_not_block(self);
    }
    settle();
}

// Start-up has no thread yet that could block.
void wait_until_done(const skl_slot& slot)
{
    __atomic_store_n(&machine::percpu().sleeping, 1, __ATOMIC_RELAXED);
    for (;;) {
        skl_full_fence(); // the proxy completes, fences, reads `sleeping`
        if (skl_slot_done(&slot))
            break;
        wait_masked(0);
    }
    __atomic_store_n(&machine::percpu().sleeping, 0, __ATOMIC_RELAXED);
}

}

// Masked from beginning to end: the slot is the thread's only one, which a handler would use, too; and the proxy kicks the CPU whose ring
// named the slot, so the thread must not be on another one by the time it sleeps.
std::int64_t forward_on_slot(std::uint32_t number_of_slot, std::uint32_t number, const std::uint64_t argument[6])
{
    UpcallsMasked masked;
    skl_slot& slot = slots()[number_of_slot];
    fill(slot, number, argument);
    submit(number_of_slot);
    if (!poll(slot)) {
        if (machine::has_thread())
            block_until_done(slot);
        else
            wait_until_done(slot);
    }
    std::int64_t result = __atomic_load_n(&slot.result, __ATOMIC_RELAXED); // after the acquire in skl_slot_done
    __atomic_store_n(&slot.state, SKL_SLOT_FREE, __ATOMIC_RELAXED);
    return result;
}

}

extern "C" std::int64_t skl_forward(std::uint32_t number, const std::uint64_t argument[6])
{
    return skl::forward_on_slot(skl::this_thread().id, number, argument);
}

extern "C" struct skl_empty_looks skl_forward_empty_looks()
{
    return {skl::this_cpu().empty_looks, __atomic_load_n(&skl::ring_of(skl::machine::percpu().cpu).empty_looks, __ATOMIC_RELAXED)};
}
