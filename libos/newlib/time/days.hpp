// SPDX-License-Identifier: MIT
// Days of the Gregorian calendar, counted from 1970-01-01, for any year.
#pragma once

#include <stdint.h>

namespace libos {

constexpr int64_t seconds_per_hour = 3600;
constexpr int64_t seconds_per_day = 86400;

constexpr bool leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Days before the first of a month, 1 to 12. Years begin in March here: so the leap day is a year's last.
constexpr int64_t days_before(int64_t year, int64_t month)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

constexpr int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

// The year that a day is in.
constexpr int64_t year_of(int64_t day)
{
    int64_t shifted = day + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    return era * 400 + year_of_era + (day_of_year >= 306); // from the first of January on
}

}
