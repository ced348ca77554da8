// SPDX-License-Identifier: MIT
// timegm(): mktime() for UTC.
#include <errno.h>
#include <time.h>

namespace {

// Days from 1970-01-01 to the first of March-based year and month; months before March belong to the year before.
long days_before(long year, long month)
{
    year -= month <= 2;
    long era = (year >= 0 ? year : year - 399) / 400;
    long year_of_era = year - era * 400;
    long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

}

extern "C" time_t timegm(struct tm* time)
{
    long months = time->tm_year * 12L + time->tm_mon; // tm_mon may be anything
    long year = (months >= 0 ? months : months - 11) / 12;
    long month = months - year * 12;
    long days = days_before(year + 1900, month + 1) + time->tm_mday - 1;
    time_t seconds = ((days * 24 + time->tm_hour) * 60 + time->tm_min) * 60 + time->tm_sec;
    if (!gmtime_r(&seconds, time)) {
        errno = EOVERFLOW;
        return -1;
    }
    return seconds;
}
