// SPDX-License-Identifier: MIT
// Reads a rule part by part, and finds a year's two changes by it.
#include "time/zone_rule.hpp"

#include "time/days.hpp"

#include <string.h>

namespace libos {
namespace {

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// At most `most`; false: no digit, or more than that.
bool read_number(const char*& text, int32_t most, int32_t& number)
{
    if (!digit(*text))
        return false;
    number = 0;
    for (; digit(*text); text++) {
        number = number * 10 + (*text - '0');
        if (number > most)
            return false;
    }
    return true;
}

// Three letters or more, or anything alphanumeric with signs in angle brackets.
bool read_name(const char*& text, char (&name)[ZoneRule::longest_name + 1])
{
    bool quoted = *text == '<';
    const char* begin = text + quoted;
    const char* end = begin;
    while (letter(*end) || (quoted && (digit(*end) || *end == '+' || *end == '-')))
        end++;
    auto length = static_cast<size_t>(end - begin);
    if (length < 3 || length > ZoneRule::longest_name || (quoted && *end != '>'))
        return false;
    memcpy(name, begin, length);
    name[length] = '\0';
    text = end + quoted;
    return true;
}

// [+-]hh[:mm[:ss]]
bool read_time(const char*& text, int32_t most_hours, int32_t& seconds)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    int32_t hours, minutes = 0, rest = 0;
    if (!read_number(text, most_hours, hours))
        return false;
    if (*text == ':' && !read_number(++text, 59, minutes))
        return false;
    if (*text == ':' && !read_number(++text, 59, rest))
        return false;
    seconds = (hours * 60 + minutes) * 60 + rest;
    if (negative)
        seconds = -seconds;
    return true;
}

// Written westward: what is to be added for Greenwich's time.
bool read_offset(const char*& text, int32_t& offset)
{
    int32_t west;
    if (!read_time(text, 24, west))
        return false;
    offset = -west;
    return true;
}

bool read_day(const char*& text, ZoneRule::Change& change)
{
    int32_t month = 0, week = 0, day;
    change.kind = *text == 'M' ? ZoneRule::Day::of_month : *text == 'J' ? ZoneRule::Day::of_leapless_year : ZoneRule::Day::of_year;
    text += change.kind != ZoneRule::Day::of_year;
    if (change.kind == ZoneRule::Day::of_month) {
        if (!read_number(text, 12, month) || month < 1 || *text++ != '.' || !read_number(text, 5, week) || week < 1 || *text++ != '.')
            return false;
        if (!read_number(text, 6, day))
            return false;
    } else if (!read_number(text, 365, day) || (change.kind == ZoneRule::Day::of_leapless_year && day < 1)) {
        return false;
    }
    change.month = static_cast<uint8_t>(month);
    change.week = static_cast<uint8_t>(week);
    change.day = static_cast<uint16_t>(day);
    return true;
}

bool read_change(const char*& text, ZoneRule::Change& change)
{
    constexpr int32_t two_o_clock = 7200, most_hours = 167; // RFC 8536, 3.3.1
    change.seconds = two_o_clock;
    if (*text++ != ',' || !read_day(text, change))
        return false;
    return *text != '/' || read_time(++text, most_hours, change.seconds);
}

constexpr int32_t days_until[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

int64_t day_of_month_rule(const ZoneRule::Change& change, int64_t year)
{
    int64_t first = days_before(year, change.month);
    int64_t weekday = (first + 4) - floor_divide(first + 4, 7) * 7; // the first day of 1970 was a Thursday
    int64_t day = (change.day - weekday + 7) % 7 + (change.week - 1) * 7;
    int64_t length = days_until[change.month] - days_until[change.month - 1] + (change.month == 2 && leap(year));
    return first + (day >= length ? day - 7 : day);
}

// When it happens in a year, by the clock that it ends.
int64_t moment(const ZoneRule::Change& change, int64_t year, int32_t offset)
{
    constexpr int last_of_february = 59;
    int64_t day = days_before(year, 1);
    switch (change.kind) {
    case ZoneRule::Day::of_month:
        day = day_of_month_rule(change, year);
        break;
    case ZoneRule::Day::of_leapless_year:
        day += change.day - 1 + (change.day > last_of_february && leap(year));
        break;
    case ZoneRule::Day::of_year:
        day += change.day;
        break;
    }
    return day * seconds_per_day + change.seconds - offset;
}

Period period(const ZoneRule& rule, bool daylight)
{
    return {rule.offset[daylight], daylight, rule.name[daylight]};
}

}

bool read_zone_rule(const char* text, ZoneRule& rule)
{
    constexpr int32_t hour = 3600;
    rule = {};
    if (!read_name(text, rule.name[0]))
        return false;
    if (!read_offset(text, rule.offset[0])) {
        rule.offset[0] = 0;
        return true;
    }
    memcpy(rule.name[1], rule.name[0], sizeof rule.name[1]);
    rule.offset[1] = rule.offset[0];
    if (!*text || !read_name(text, rule.name[1]))
        return true;
    if (!read_offset(text, rule.offset[1]))
        rule.offset[1] = rule.offset[0] + hour;
    rule.changes = true;
    if (!*text || (text[0] == ',' && !text[1]))
        text = ",M3.2.0,M11.1.0";
    if (!read_change(text, rule.change[0]) || !read_change(text, rule.change[1])) {
        rule.changes = false;
        rule.offset[1] = rule.offset[0];
    }
    return true;
}

Period period_at(const ZoneRule& rule, int64_t time)
{
    if (!rule.changes)
        return period(rule, false);
    constexpr int64_t first_year = 1970; // before it a rule changes nothing, as in glibc
    int64_t year = year_of(floor_divide(time, seconds_per_day));
    year = year < first_year ? first_year : year;
    int64_t begin = moment(rule.change[0], year, rule.offset[0]);
    int64_t end = moment(rule.change[1], year, rule.offset[1]);
    return period(rule, begin < end ? time >= begin && time < end : time >= begin || time < end); // the south's summer is at both ends
}

UsualPeriods usual_periods(const ZoneRule& rule)
{
    return {period(rule, false), rule.changes ? period(rule, true) : Period{rule.offset[0], false, rule.name[1]}};
}

}
