// SPDX-License-Identifier: MIT
// From broken-down time to seconds: mktime() in the zone, timegm() in UTC. Fields may be out of their ranges.
#include "time/days.hpp"
#include "time/zone_lock.hpp"
#include "time/zone_source.hpp"

#include <errno.h>
#include <time.h>

using namespace libos;

namespace {

// As if it were UTC. Fields are int, so nothing of this can overflow.
int64_t seconds_of(const tm& time)
{
    int64_t months = time.tm_year * int64_t{12} + time.tm_mon;
    int64_t year = floor_divide(months, 12);
    int64_t days = days_before(year + 1900, months - year * 12 + 1) + time.tm_mday - 1;
    return ((days * 24 + time.tm_hour) * 60 + time.tm_min) * 60 + time.tm_sec;
}

// The moment at which the zone's clocks show `shown`. At what they show twice the former, unless daylight says otherwise; at what they
// skip, the moment that they would have shown it.
int64_t moment_of(int64_t shown)
{
    int32_t before = period_of_zone(shown - seconds_per_day).offset;
    int32_t after = period_of_zone(shown + seconds_per_day).offset;
    int64_t early = shown - before, late = shown - after;
    if (period_of_zone(early).offset == before)
        return early;
    return period_of_zone(late).offset == after ? late : early;
}

// The caller insists on standard or daylight saving time: the nearest such period says what that is, or else it is an hour. As in glibc,
// steps are shorter than any such period that ever was, and the search ends after the longest time without one.
int64_t moment_insisted_on(int64_t shown, int64_t found, bool daylight)
{
    constexpr int64_t step = 601200, most = 536454000 / 2;
    for (int64_t distance = step; distance <= most; distance += step) {
        const int64_t near[] = {found - distance, found + distance};
        for (int64_t time : near) {
            Period period = period_of_zone(time);
            if (period.daylight == daylight)
                return shown - period.offset;
        }
    }
    return daylight ? found - seconds_per_hour : found + seconds_per_hour;
}

}

extern "C" {

time_t mktime(tm* time)
{
    int64_t shown = seconds_of(*time);
    time_t found;
    {
        ZoneLock lock;
        follow_zone();
        found = moment_of(shown);
        if (time->tm_isdst >= 0 && period_of_zone(found).daylight != (time->tm_isdst > 0))
            found = moment_insisted_on(shown, found, time->tm_isdst > 0);
    }
    return localtime_r(&found, time) ? found : -1;
}

time_t timelocal(tm* time)
{
    return mktime(time);
}

time_t timegm(tm* time)
{
    time_t seconds = seconds_of(*time);
    return gmtime_r(&seconds, time) ? seconds : -1;
}

}
