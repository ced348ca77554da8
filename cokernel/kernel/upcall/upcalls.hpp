// SPDX-License-Identifier: MIT
// Interrupt upcalls of the running CPU: holding them off, sleeping without losing one, and what to do with an event.
#pragma once

#include "machine.hpp"

#include <cstdint>

namespace skl {

// Registers the entries of the calling CPU with the monitor; its exception stack exists.
void register_upcalls();
// The next exception of the calling CPU ends the isle, and the monitor records it.
void leave_exceptions_to_monitor();

// Holds upcalls off. True: they were already.
inline bool mask_upcalls()
{
    bool was_masked = machine::masked();
    if (!was_masked)
        machine::set_masked(1);
    return was_masked;
}

// For unmask_upcalls(): serves what became pending, until nothing is when upcalls are let in.
void unmask_and_serve();

// Lets upcalls in, serving what is pending. The first one of a CPU opens it after start.
inline void unmask_upcalls()
{
    machine::set_masked(0);
    if (machine::events_pending())
        unmask_and_serve();
}

// Upcalls are held off while one of these lives. Nests. The end of the outermost serves what became pending meanwhile.
class UpcallsMasked {
public:
    UpcallsMasked() : was_masked_(mask_upcalls()) {}
    ~UpcallsMasked()
    {
        if (!was_masked_)
            unmask_upcalls();
    }
    UpcallsMasked(const UpcallsMasked&) = delete;
    UpcallsMasked& operator=(const UpcallsMasked&) = delete;

private:
    bool was_masked_;
};

// Serves what is pending on this CPU. Only while masked.
void serve_pending();

// Sleeps in the monitor until an event or TSC >= deadline (0: none), then serves the event. Only while masked: a condition checked
// under the same mask cannot change unnoticed between the check and the sleep.
void wait_masked(std::uint64_t deadline);

}
