// SPDX-License-Identifier: MIT
// The clocks of api/kernel/clock.h, and sleeping in the monitor until one of them has moved on.
#include "clock.hpp"

#include "cpu.hpp"
#include "public_area.hpp"
#include "thread/scheduler.hpp"
#include "upcall/upcalls.hpp"

#include <kernel/clock.h>
#include <kernel/signal.h>

using namespace skl;

std::uint64_t skl::deadline_ticks(std::uint64_t deadline)
{
    if (deadline == UINT64_MAX)
        return 0;
    std::uint64_t now = skl_clock_monotonic(), ticks = machine::ticks(), until;
    if (now >= deadline)
        return ticks ? ticks : 1;
    if (__builtin_add_overflow(ticks, ticks_of(deadline - now, boot_page().tsc_khz), &until))
        return 0; // beyond the end of the TSC
    return until;
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

extern "C" std::uint64_t skl_clock_khz()
{
    return boot_page().tsc_khz;
}

extern "C" std::uint64_t skl_clock_cpu()
{
    return nanoseconds_of(ticks_run(), boot_page().tsc_khz);
}

extern "C" std::uint64_t skl_clock_thread(const struct skl_thread* thread)
{
    const auto& counted = thread ? *reinterpret_cast<const Thread*>(thread) : this_thread();
    return nanoseconds_of(ticks_run(counted), boot_page().tsc_khz);
}

extern "C" int skl_wait_for(int (*arrived)(void*), void* argument, std::uint64_t deadline)
{
    UpcallsMasked masked;
    Thread& self = this_thread();
    for (;;) {
        about_to_block(self);
        bool done = arrived(argument);
        if (done || skl_clock_monotonic() >= deadline) {
            need_not_block(self);
            settle();
            return done;
        }
        block(self, deadline_ticks(deadline), Signals::hold_off);
    }
}

extern "C" void skl_sleep_until(std::uint64_t deadline)
{
    skl_wait_for([](void*) { return 0; }, nullptr, deadline);
}
