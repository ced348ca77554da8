// SPDX-License-Identifier: MIT
// What a thread may ask about itself, and giving way: api/kernel/thread.h.
#include "thread.hpp"

#include "cpu.hpp"
#include "thread/scheduler.hpp"
#include "upcall/upcalls.hpp"

#include <skellig/call.h>

using namespace skl;

constinit int skl_threaded = 0;

extern "C" struct skl_stack skl_thread_stack(const struct skl_thread* thread)
{
    return (thread ? *reinterpret_cast<const Thread*>(thread) : this_thread()).stack;
}

extern "C" struct skl_thread* skl_thread_self()
{
    return reinterpret_cast<struct skl_thread*>(&this_thread());
}

extern "C" void skl_thread_yield()
{
    if (this_cpu().ready.empty()) { // nobody to give way to, but for a hyperthread
        machine::pause();
        return;
    }
    UpcallsMasked masked;
    yield();
}

extern "C" void skl_thread_interrupt(struct skl_thread* handle)
{
    auto& thread = *reinterpret_cast<Thread*>(handle);
    UpcallsMasked masked;
    if (wake(thread, Wake::interrupt))
        return;
    thread.interrupted.store(true, std::memory_order_release); // partner: notice_interruption
    std::uint32_t cpu = thread.cpu.load(std::memory_order_relaxed);
    if (cpu != machine::percpu().cpu)
        skl_monitor_call(SKL_CALL_KICK, 1, cpu);
}
