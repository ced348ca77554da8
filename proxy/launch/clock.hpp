// SPDX-License-Identifier: MIT
// The clock page of a virtual machine: the proxy's clocks at a value of the guest's time-stamp counter, written about once a second.
#pragma once

#include <skellig/public.h>

#include <cstdint>

namespace skl {

// TSC ticks per millisecond, measured against CLOCK_MONOTONIC_RAW for about 10 ms.
std::uint64_t measure_tsc_khz();

class ClockWriter {
public:
    ClockWriter(skl_clock& page, std::uint64_t tsc_khz);

    // The guest's counter was `guest_tsc` just now. From here on the page is valid.
    void synchronize(std::uint64_t guest_tsc);
    // Follows what NTP did since. Monotonic time is slewed, never set back.
    void refresh();

private:
    void write(std::uint64_t guest_tsc, std::uint64_t monotonic, std::uint64_t realtime, std::uint64_t multiplier);
    std::uint64_t promised(std::uint64_t guest_tsc) const;

    skl_clock& page_;
    std::uint64_t multiplier_;
    std::uint64_t offset_ = 0; // guest TSC - host TSC
};

}
