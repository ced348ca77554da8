// SPDX-License-Identifier: MIT
// Broken-down time, in the zone and in UTC, with the fields that Linux has.
#include "time/days.hpp"
#include "time/zone_lock.hpp"
#include "time/zone_source.hpp"

#include <errno.h>
#include <limits.h>
#include <time.h>

using namespace libos;

namespace {

thread_local struct tm answer;

tm* break_down(int64_t time, const Period& period, tm* result)
{
    int64_t shifted;
    if (__builtin_add_overflow(time, period.offset, &shifted)) {
        errno = EOVERFLOW;
        return nullptr;
    }
    int64_t day = floor_divide(shifted, seconds_per_day);
    int64_t year = year_of(day), first = days_before(year, 1);
    if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
        errno = EOVERFLOW;
        return nullptr;
    }
    int month = 12;
    while (days_before(year, month) > day)
        month--;
    auto second = static_cast<int>(shifted - day * seconds_per_day);
    *result = {};
    result->tm_sec = second % 60;
    result->tm_min = second / 60 % 60;
    result->tm_hour = second / 3600;
    result->tm_mday = static_cast<int>(day - days_before(year, month)) + 1;
    result->tm_mon = month - 1;
    result->tm_year = static_cast<int>(year - 1900);
    result->tm_wday = static_cast<int>((day + 4) - floor_divide(day + 4, 7) * 7); // 1970 began with a Thursday
    result->tm_yday = static_cast<int>(day - first);
    result->tm_isdst = period.daylight;
    result->tm_gmtoff = period.offset;
    result->tm_zone = period.name;
    return result;
}

}

extern "C" {

tm* gmtime_r(const time_t* __restrict time, tm* __restrict result)
{
    return break_down(*time, {0, false, "GMT"}, result);
}

tm* gmtime(const time_t* time)
{
    return gmtime_r(time, &answer);
}

tm* localtime_r(const time_t* __restrict time, tm* __restrict result)
{
    ZoneLock lock;
    follow_zone();
    return break_down(*time, period_of_zone(*time), result);
}

tm* localtime(const time_t* time)
{
    return localtime_r(time, &answer);
}

// newlib's strftime() calls it with the lock taken.
void _tzset_unlocked()
{
    follow_zone();
}

void tzset()
{
    ZoneLock lock;
    follow_zone();
}

void _tzset_r(_reent*)
{
    tzset();
}

}
