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
