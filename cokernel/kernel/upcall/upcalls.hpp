// SPDX-License-Identifier: MIT
// Interrupt upcalls of the running CPU: holding them off, sleeping without losing one, and what to do with an event.
#pragma once

#include <cstdint>

namespace skl {

// Registers the entries of the calling CPU with the monitor; its exception stack exists.
void register_upcalls();
// The next exception of the calling CPU ends the isle, and the monitor records it.
void leave_exceptions_to_monitor();

// Upcalls are held off while one of these lives. Nests. The end of the outermost serves what became pending meanwhile.
class UpcallsMasked {
public:
    UpcallsMasked();
    ~UpcallsMasked();
    UpcallsMasked(const UpcallsMasked&) = delete;
    UpcallsMasked& operator=(const UpcallsMasked&) = delete;

private:
    bool was_masked_;
};

// Holds upcalls off. True: they were already.
bool mask_upcalls();
// Lets upcalls in, serving what is pending. The first one of a CPU opens it after start.
void unmask_upcalls();

// Serves what is pending on this CPU. Only while masked.
void serve_pending();

// Sleeps in the monitor until an event or TSC >= deadline (0: none), then serves the event. Only while masked: a condition checked
// under the same mask cannot change unnoticed between the check and the sleep.
void wait_masked(std::uint64_t deadline);

}
