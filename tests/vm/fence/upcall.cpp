// SPDX-License-Identifier: MIT
// Counts upcalls per CPU; destroys vector registers on purpose, since the entry has saved them.
#include "upcall.h"

Seen seen[8];

namespace {

alignas(64) char interrupt_stack[8][65536];
alignas(64) char exception_stack[8][65536];

void trash_vectors()
{
    asm volatile("vpcmpeqd %%ymm0, %%ymm0, %%ymm0; vmovdqa %%ymm0, %%ymm1; vmovdqa %%ymm0, %%ymm7; vmovdqa %%ymm0, %%ymm15" : : : "memory");
}

u64 take_pending()
{
    u64 pending = 0;
    asm volatile("xchgq %0, %%gs:8" : "+r"(pending) : : "memory");
    return pending;
}

} // namespace

extern "C" void interrupt_upcall()
{
    Seen& my = seen[this_cpu()];
    u64 pending = take_pending();
    trash_vectors();
    my.interrupts = my.interrupts + 1;
    my.timers = my.timers + (pending & SKL_EVENT_TIMER ? 1 : 0);
    my.kicks = my.kicks + (pending & SKL_EVENT_KICK ? 1 : 0);
    my.hosts = my.hosts + (pending & SKL_EVENT_HOST ? 1 : 0);
    if ((pending & SKL_EVENT_TIMER) && my.again)
        call(SKL_CALL_TIMER, tsc() + my.again);
}

extern "C" void exception_upcall(Saved* saved)
{
    unsigned cpu = this_cpu();
    Seen& my = seen[cpu];
    my.exceptions = my.exceptions + 1;
    my.vector = percpu(cpu).vector;
    my.error = percpu(cpu).error;
    my.address = percpu(cpu).address;
    my.rip = saved->rip;
    saved->rip += my.skip;
}

void unmask()
{
    for (;;) {
        asm volatile("movl $0, %%gs:0" : : : "memory");
        if (percpu(this_cpu()).pending == 0)
            return;
        mask();
        interrupt_upcall();
    }
}

void take_upcalls()
{
    unsigned cpu = this_cpu();
    i64 answer = call(SKL_CALL_SET_UPCALL, reinterpret_cast<u64>(interrupt_entry), reinterpret_cast<u64>(interrupt_stack[cpu] + 65536),
                      reinterpret_cast<u64>(exception_entry), reinterpret_cast<u64>(exception_stack[cpu] + 65536));
    EXPECT_EQ(answer, 0);
}
