// SPDX-License-Identifier: MIT
// Two CPUs of one isle: start, kick, wait, flush, stop.
#include "cases.h"
#include "upcall.h"

namespace {

volatile u64 stage, counter, heard;
alignas(16) char stack[65536];

void start(void (*code)(u64), u64 argument = 0)
{
    u64 top = reinterpret_cast<u64>(stack + sizeof(stack)) - 8; // as if called
    EXPECT_EQ(call(SKL_CALL_START, 1, reinterpret_cast<u64>(code), top, argument), 0);
}

void await(const volatile u64& word, u64 value)
{
    while (word < value)
        relax();
}

void echo_kicks(u64 argument)
{
    heard = argument;
    for (;;) {
        i64 events = call(SKL_CALL_WAIT, 0);
        EXPECT_EQ(events, SKL_EVENT_KICK);
        counter = counter + 1;
        call(SKL_CALL_KICK, 1, 0);
    }
}

void spin_masked(u64)
{
    for (;;)
        counter = counter + 1;
}

// Both CPUs compute with every register full, interrupted by timers of their own and by each other's kicks.
void compute(u64 rounds)
{
    Seen& my = seen[this_cpu()];
    unsigned other = 1 - this_cpu();
    take_upcalls();
    unmask();
    for (u64 i = 1; i <= rounds; ++i) {
        my.again = boot().tsc_khz / 4 + tsc() % (boot().tsc_khz / 4); // well above what one upcall takes anywhere
        call(SKL_CALL_TIMER, tsc() + my.again);
        EXPECT_EQ(hold_pattern(&my.timers, my.timers + 1 + i % 4), 0);
        u64 heard_before = seen[other].kicks;
        EXPECT_EQ(call(SKL_CALL_KICK, 1ULL << other, 0), 0);
        EXPECT_EQ(hold_pattern(&seen[other].kicks, heard_before + 1), 0); // no kick is lost
    }
    my.again = 0;
    stage = stage + 1;
    for (;;)
        relax();
}

// Reads the page until it faults.
void read_page(u64 address)
{
    take_upcalls();
    seen[1].skip = 3;
    while (seen[1].exceptions == 0) {
        asm volatile("movb (%0), %%cl; nop" : : "a"(address) : "rcx", "memory");
        counter = counter + 1;
    }
    stage = 1;
    for (;;)
        call(SKL_CALL_WAIT, 0);
}

} // namespace

void kick_and_wait()
{
    start(echo_kicks, 4711);
    for (u64 i = 1; i <= 1000; ++i) {
        EXPECT_EQ(call(SKL_CALL_KICK, 2, 0), 0);
        EXPECT_EQ(call(SKL_CALL_WAIT, 0), SKL_EVENT_KICK);
        EXPECT_EQ(counter, i);
    }
    EXPECT_EQ(heard, 4711);
    EXPECT_EQ(call(SKL_CALL_START, 1, 0x800000, 0, 0), -16);
}

void stress()
{
    u64 rounds = boot().reserved2 ? boot().reserved2 : 300;
    start(compute, rounds);
    while (seen[1].interrupts == 0)
        relax(); // the other can hear
    take_upcalls();
    unmask();
    for (u64 i = 1; i <= rounds / 2; ++i) {
        u64 before = seen[1].kicks;
        call(SKL_CALL_KICK, 2, 0);
        EXPECT_EQ(hold_pattern(&seen[1].kicks, before + 1), 0);
    }
    while (stage == 0)
        relax();
    say_number(seen[0].interrupts + seen[1].interrupts);
}

void shootdown()
{
    u64 page = SKL_OWN_BASE + (8 << 20);
    start(read_page, page);
    await(counter, 1000);
    EXPECT_EQ(call(SKL_CALL_UNMAP, page, 4096), 4096);
    await(stage, 1);
    EXPECT_EQ(seen[1].vector, 14);
    EXPECT_EQ(seen[1].address, page);
    for (u64 i = 0; i < 500; ++i) { // while the other sleeps, and with both changing tables
        EXPECT_EQ(call(SKL_CALL_MAP, page, 4096, SKL_RIGHT_READ), 4096);
        EXPECT_EQ(call(SKL_CALL_UNMAP, page, 4096), 4096);
    }
}

void stop_and_restart()
{
    for (u64 round = 0; round < 5; ++round) {
        u64 before = counter;
        start(spin_masked);
        await(counter, before + 1000);
        EXPECT_EQ(call(SKL_CALL_STOP, 1), 0);
        u64 after = counter;
        for (u64 end = tsc() + boot().tsc_khz; tsc() < end;)
            relax();
        EXPECT_EQ(counter, after);
        EXPECT_EQ(call(SKL_CALL_STOP, 1), -3);
    }
    u64 before = counter;
    start(echo_kicks, 1);
    call(SKL_CALL_KICK, 2, 0);
    await(counter, before + 1);
    EXPECT_EQ(call(SKL_CALL_STOP, 1), 0); // inside wait
    start(spin_masked);
    await(counter, before + 1000);
    // and the isle ends while the other CPU still spins
}
