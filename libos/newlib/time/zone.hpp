// SPDX-License-Identifier: MIT
// What a time zone says of one moment.
#pragma once

#include <stdint.h>

namespace libos {

struct Period {
    int32_t offset; // seconds east of Greenwich
    bool daylight;
    const char* name; // as long as the zone lives
};

// The zone's two usual periods: what tzname, timezone and daylight tell.
struct UsualPeriods {
    Period standard, daylight;
};

}
