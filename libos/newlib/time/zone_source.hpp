// SPDX-License-Identifier: MIT
// The zone that TZ names, kept until TZ names another.
#pragma once

#include "time/zone.hpp"

namespace libos {

// All under newlib's lock of the time zone, __tz_lock().
void follow_zone(); // looks at TZ; sets tzname, timezone and daylight
Period period_of_zone(int64_t time); // its name lives for ever

}
