// SPDX-License-Identifier: MIT
// The clocks of api/kernel/clock.h, and sleeping in the monitor until one of them has moved on.
#include "clock.hpp"

#include "cpu.hpp"
#include "public_area.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/clock.h>
#include <kernel/signal.h>

using namespace skl;

namespace {
constinit std::uint64_t started = 0; // TSC
}

void skl::start_cpu_clock()
{
    started = machine::ticks();
}

extern "C" std::uint64_t skl_clock_realtime()
{
    return instant_at(clock_page(), machine::ticks).realtime;
}

extern "C" std::uint64_t skl_clock_monotonic()
{
    return instant_at(clock_page(), machine::ticks).monotonic;
}

extern "C" std::uint64_t skl_clock_resolution()
{
    return 1;
}

extern "C" std::uint64_t skl_clock_cpu()
{
    return nanoseconds_of(machine::ticks() - started - this_cpu().asleep, boot_page().tsc_khz);
}

extern "C" int skl_wait_for(int (*arrived)(void*), void* argument, std::uint64_t deadline)
{
    UpcallsMasked masked;
    for (;;) {
        if (arrived(argument))
            return 1;
        std::uint64_t now = skl_clock_monotonic();
        if (now >= deadline)
            return 0;
        std::uint64_t until;
        if (__builtin_add_overflow(machine::ticks(), ticks_of(deadline - now, boot_page().tsc_khz), &until))
            until = 0; // beyond the end of the TSC: no deadline
        wait_masked(until);
    }
}

extern "C" void skl_sleep_until(std::uint64_t deadline)
{
    skl_wait_for([](void*) { return 0; }, nullptr, deadline);
}
