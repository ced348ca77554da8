// SPDX-License-Identifier: MIT
// Files of zoneinfo, versions 1 to 4: a zone's changes so far, and the rule that goes on from there. RFC 8536
#pragma once

#include "time/zone_rule.hpp"

namespace libos {

// Looks into the file's bytes, which must stay.
struct ZoneFile {
    const uint8_t* times; // big-endian, ascending
    const uint8_t* types; // of the period that begins then
    const uint8_t* periods;
    const char* names;
    uint32_t time_count;
    uint8_t time_size; // bytes of each
    uint32_t period_count;
    bool has_rule;
    ZoneRule rule; // after the last change
};

// False: it is not such a file, or a broken one; or it counts leap seconds, which the clock of an isle does not.
bool read_zone_file(const uint8_t* bytes, size_t size, ZoneFile& file);

Period period_at(const ZoneFile& file, int64_t time);
UsualPeriods usual_periods(const ZoneFile& file);

}
