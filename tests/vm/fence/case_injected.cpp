// SPDX-License-Identifier: MIT
// What must not notice that the machine is disturbed from outside: injected.py sends NMIs meanwhile.
#include "cases.h"
#include "upcall.h"

// Every register full, until somebody writes 1 to own memory.
void hold_on()
{
    take_upcalls();
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    EXPECT_EQ(hold_pattern(reinterpret_cast<const volatile u64*>(SKL_OWN_BASE), 1), 0);
    EXPECT_EQ(seen[0].exceptions, 0);
}

// Asleep in the monitor: once until the host rings, once until a deadline, and never ended by anything else.
void wait_through()
{
    u64 before = tsc();
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    EXPECT_EQ(call(SKL_CALL_WAIT, 0), SKL_EVENT_HOST);
    EXPECT_EQ(reinterpret_cast<const volatile u64*>(SKL_OWN_BASE)[0], 1); // not before it was told
    u64 deadline = tsc() + (tsc() - before);
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    EXPECT_EQ(call(SKL_CALL_WAIT, deadline), SKL_EVENT_TIMER);
    EXPECT(tsc() >= deadline);
    EXPECT_EQ(percpu(0).pending, 0);
}
