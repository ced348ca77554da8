// SPDX-License-Identifier: MIT
// Both CPUs compute with every register full, interrupted by timers of their own and by each other's kicks, for amount() ms.
#include "cases.h"
#include "upcall.h"

namespace {

struct Tally {
    u64 rounds, sent, lost_timers, lost_kicks, bad; // bad: a register had not kept its value
    volatile u64 done;
};
Tally tallies[2];
alignas(16) char stack[65536];

u64 milliseconds(u64 n) { return n * boot().tsc_khz; }

// False: lost. Meanwhile every register holds its pattern.
bool arrives(Tally& my, const volatile u64& count, u64 target)
{
    constexpr u64 looks = 100000, patience = 20000;
    u64 end = tsc() + milliseconds(patience);
    do
        my.bad += hold_pattern(&count, target, looks) ? 1 : 0;
    while (count < target && tsc() < end);
    return count >= target;
}

void one_round(Tally& my, unsigned cpu)
{
    unsigned other = 1 - cpu;
    seen[cpu].again = milliseconds(1) / 4 + tsc() % (milliseconds(1) / 4); // well above what one upcall takes anywhere
    call(SKL_CALL_TIMER, tsc() + seen[cpu].again);
    my.lost_timers += arrives(my, seen[cpu].timers, seen[cpu].timers + 1 + my.rounds % 4) ? 0 : 1;
    u64 heard = seen[other].kicks;
    EXPECT_EQ(call(SKL_CALL_KICK, 1ULL << other, 0), 0);
    my.lost_kicks += arrives(my, seen[other].kicks, heard + 1) ? 0 : 1;
    my.sent += 1;
    my.rounds += 1;
}

void compute(u64 end)
{
    unsigned cpu = this_cpu();
    take_upcalls();
    unmask();
    while (tsc() < end)
        one_round(tallies[cpu], cpu);
    seen[cpu].again = 0;
    tallies[cpu].done = 1;
}

void compute_on_sibling(u64 end)
{
    compute(end);
    for (;;)
        relax();
}

void tell(const char* name, u64 value)
{
    char text[21];
    char* digit = text + 20;
    *digit = 0;
    do
        *--digit = static_cast<char>('0' + value % 10);
    while (value /= 10);
    say(name);
    say(" ");
    say(digit);
    say("\n");
}

} // namespace

void stress()
{
    u64 end = tsc() + milliseconds(amount());
    u64 top = reinterpret_cast<u64>(stack + sizeof(stack)) - 8; // as if called
    EXPECT_EQ(call(SKL_CALL_START, 1, reinterpret_cast<u64>(compute_on_sibling), top, end), 0);
    compute(end);
    while (!tallies[1].done)
        relax();
    const Tally &a = tallies[0], &b = tallies[1];
    tell("rounds", a.rounds + b.rounds);
    tell("timers", seen[0].timers + seen[1].timers);
    tell("kicks", a.sent + b.sent);
    tell("lost", a.lost_timers + b.lost_timers + a.lost_kicks + b.lost_kicks);
    tell("bad", a.bad + b.bad);
    EXPECT(a.rounds > 0 && b.rounds > 0);
}
