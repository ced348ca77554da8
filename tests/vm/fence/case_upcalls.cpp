// SPDX-License-Identifier: MIT
// Events and exceptions come to ring 3, and whatever they interrupted goes on as if nothing had been.
#include "cases.h"
#include "upcall.h"

namespace {

u64 milliseconds(u64 n) { return n * boot().tsc_khz; }

i64 fault_of(void (*code)(), u64 length)
{
    u64 before = seen[0].exceptions;
    seen[0].skip = length;
    code();
    return seen[0].exceptions == before + 1 ? static_cast<i64>(seen[0].vector) : -1;
}

} // namespace

void timer_upcalls()
{
    take_upcalls();
    constexpr u64 rounds = 1000;
    seen[0].again = milliseconds(1) / 20;
    call(SKL_CALL_TIMER, tsc() + seen[0].again);
    unmask();
    EXPECT_EQ(hold_pattern(&seen[0].timers, rounds), 0);
    seen[0].again = 0;
    EXPECT(!is_masked());

    // Cancelled: nothing comes. Masked: pending, and replayed by whoever unmasks.
    u64 before = seen[0].timers;
    call(SKL_CALL_TIMER, tsc() + milliseconds(2));
    call(SKL_CALL_TIMER, 0);
    for (u64 end = tsc() + milliseconds(5); tsc() < end;)
        relax();
    EXPECT(seen[0].timers <= before + 1); // the last one armed in the handler may still have come
    before = seen[0].timers;
    mask();
    call(SKL_CALL_TIMER, tsc() + milliseconds(1));
    while (percpu(0).pending == 0)
        relax();
    EXPECT_EQ(seen[0].timers, before);
    EXPECT_EQ(percpu(0).pending, SKL_EVENT_TIMER);
}

void exception_upcalls()
{
    take_upcalls();
    EXPECT_EQ(fault_of([] { asm volatile("ud2"); }, 2), 6);
    EXPECT_EQ(fault_of([] { asm volatile("int3"); }, 0), 3);
    EXPECT_EQ(fault_of([] { asm volatile("cli"); }, 1), 13);
    EXPECT_EQ(fault_of([] { asm volatile("sti"); }, 1), 13);
    EXPECT_EQ(fault_of([] { asm volatile("hlt"); }, 1), 13);
    EXPECT_EQ(fault_of([] { asm volatile("mov %%cr0, %%rax" : : : "rax"); }, 3), 13);
    EXPECT_EQ(fault_of([] { asm volatile("mov %%rax, %%dr7" : : : "rax"); }, 3), 13);
    EXPECT_EQ(fault_of([] { asm volatile("rdmsr" : : "c"(0x1b) : "rax", "rdx"); }, 2), 13);
    EXPECT_EQ(fault_of([] { asm volatile("in %%dx, %%al" : : "d"(0x3f8) : "rax"); }, 1), 13);
    EXPECT_EQ(fault_of([] { asm volatile("swapgs"); }, 3), 13);
    EXPECT_EQ(fault_of([] { asm volatile("xsetbv" : : "c"(0), "a"(7), "d"(0)); }, 3), 13);
    EXPECT_EQ(fault_of([] { asm volatile("sysretq"); }, 3) == 13 || seen[0].vector == 6, 1);
    EXPECT_EQ(fault_of([] { asm volatile("movabs $0x8000000000000000, %%rdi; movb $1, (%%rdi)" : : : "rdi"); }, 3), 13);
    // popf neither switches interrupts off nor gives port access.
    u64 flags;
    asm volatile("pushf; pop %0; and $~0x200, %0; or $0x3000, %0; push %0; popf; pushf; pop %0" : "=r"(flags));
    EXPECT_EQ(flags & 0x3200, 0x200);
    EXPECT_EQ(fault_of([] { asm volatile("xor %%eax, %%eax; movb $1, (%%rax)" : : : "rax"); }, 3), 14);
    EXPECT_EQ(seen[0].error, 6); // write, user, not present
    EXPECT_EQ(seen[0].address, 0);
    EXPECT_EQ(fault_of([] { asm volatile("movb $0x90, (%0)" : : "d"(SKL_CALL_PAGE)); }, 3), 14);
    EXPECT_EQ(seen[0].error, 7);
    EXPECT_EQ(percpu(0).in_exception, 0);
}

void wait_sleeps()
{
    u64 begin = tsc();
    EXPECT_EQ(call(SKL_CALL_WAIT, begin + milliseconds(2)), SKL_EVENT_TIMER);
    EXPECT(tsc() - begin >= milliseconds(2));
    EXPECT_EQ(call(SKL_CALL_WAIT, 1), SKL_EVENT_TIMER); // long ago
    // The earlier of timer() and wait() ends the sleep; the other stays armed.
    call(SKL_CALL_TIMER, ~0ULL >> 1);
    EXPECT_EQ(call(SKL_CALL_WAIT, tsc() + milliseconds(1)), SKL_EVENT_TIMER);
    begin = tsc();
    call(SKL_CALL_TIMER, begin + milliseconds(6));
    EXPECT_EQ(call(SKL_CALL_WAIT, begin + milliseconds(2)), SKL_EVENT_TIMER);
    EXPECT_EQ(call(SKL_CALL_WAIT, 0), SKL_EVENT_TIMER);
    EXPECT(tsc() >= begin + milliseconds(6));
    EXPECT_EQ(percpu(0).pending, 0);
    EXPECT_EQ(call(SKL_CALL_KICK, 1, 0), 0); // oneself
    EXPECT_EQ(call(SKL_CALL_WAIT, 0), SKL_EVENT_KICK);
}

void host_event()
{
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    EXPECT_EQ(call(SKL_CALL_WAIT, 0), SKL_EVENT_HOST);
    take_upcalls();
    unmask();
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    while (seen[0].hosts == 0)
        relax();
}

void bad_calls()
{
    EXPECT_EQ(call(SKL_CALLS), -38);
    EXPECT_EQ(call(~0ULL), -38);
    EXPECT_EQ(call(1ULL << 32), -38);
    EXPECT_EQ(call(SKL_CALL_SET_UPCALL, 1ULL << 63, 0, 0, 0), -22);
    EXPECT_EQ(call(SKL_CALL_SET_UPCALL, 0, 0, SKL_WINDOW_BASE, 0), -22);
    EXPECT_EQ(call(SKL_CALL_KICK, 2, 0), -22);
    EXPECT_EQ(call(SKL_CALL_KICK, 1, 1), -22);
    EXPECT_EQ(call(SKL_CALL_KICK, 1, ~0ULL), -22);
    EXPECT_EQ(call(SKL_CALL_START, 0, 0x800000, 0, 0), -22);
    EXPECT_EQ(call(SKL_CALL_START, 1, 0x800000, 0, 0), -22);
    EXPECT_EQ(call(SKL_CALL_STOP, 0), -22);
    EXPECT_EQ(call(SKL_CALL_STOP, 1ULL << 32), -22);
    EXPECT_EQ(call(SKL_CALL_LOG, 33), -22);
    EXPECT_EQ(call(SKL_CALL_NULL), 0);
}

void count_calls()
{
    constexpr u64 rounds = 10000;
    u64 begin = tsc();
    for (u64 i = 0; i < rounds; ++i)
        call(SKL_CALL_NULL);
    say_number((tsc() - begin) / rounds);
    begin = tsc();
    for (u64 i = 0; i < rounds; ++i)
        call(SKL_CALL_TIMER, ~0ULL >> 1);
    say_number((tsc() - begin) / rounds);
    call(SKL_CALL_TIMER, 0);
    begin = tsc();
    for (u64 i = 0; i < rounds / 10; ++i) {
        call(SKL_CALL_UNMAP, SKL_OWN_BASE + (2 << 20), 4096);
        call(SKL_CALL_MAP, SKL_OWN_BASE + (2 << 20), 4096, SKL_RIGHT_READ);
    }
    say_number((tsc() - begin) / (rounds / 10));
    begin = tsc();
    for (u64 i = 0; i < rounds / 10; ++i)
        call(SKL_CALL_WAIT, 1);
    say_number((tsc() - begin) / (rounds / 10));
}
