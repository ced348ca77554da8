// SPDX-License-Identifier: MIT
// Zones written as a rule: the text that POSIX allows in TZ, which also ends each file of zoneinfo. [posix] 8.3 "TZ"
#pragma once

#include "time/zone.hpp"

#include <stddef.h>

namespace libos {

struct ZoneRule {
    static constexpr size_t longest_name = 63;
    enum class Day : uint8_t { of_leapless_year, of_year, of_month }; // Jn, n, Mm.w.d
    struct Change {
        Day kind;
        uint8_t month, week; // of_month: 1 to 12; 1 to 5, which is the last
        uint16_t day;        // of_month: 0 is Sunday
        int32_t seconds;     // after midnight, by the time that ends then
    };

    char name[2][longest_name + 1]; // standard, daylight
    int32_t offset[2];
    bool changes; // there is daylight saving time
    Change change[2]; // to it and from it
};

// False: nothing of it is a rule. What follows the last part that can be read is ignored, as glibc does.
bool read_zone_rule(const char* text, ZoneRule& rule);

Period period_at(const ZoneRule& rule, int64_t time);
UsualPeriods usual_periods(const ZoneRule& rule);

}
