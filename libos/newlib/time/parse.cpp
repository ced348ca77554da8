// SPDX-License-Identifier: MIT
// strptime(), as GNU's: what the text says of a day, and what follows from that, as its weekday.
#include "time/days.hpp"

#include <ctype.h>
#include <locale.h>
#include <string.h>
#include <strings.h>
#include <time.h>

using namespace libos;

namespace {

constexpr const char* weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};
constexpr size_t short_name = 3;

class Parser {
public:
    Parser(const char* text, tm& time) : at_(text), time_(time) {}
    bool read(const char* format);
    void conclude();
    const char* rest() const { return at_; }

private:
    bool read_field(char field);
    bool read_date_field(char field);
    bool read_year_field(char field);
    bool read_time_field(char field);
    bool number(int from, int to, int digits, int& value);
    bool name(const char* const* names, int count, int& value);
    bool read_half_of_day();
    bool read_offset();
    bool read_seconds();
    void skip_space();
    bool skip_digits();
    int year() const { return time_.tm_year + 1900; }
    bool month_known() const { return time_.tm_mon >= 0 && time_.tm_mon < 12; }
    int day_of_year(int month, int day) const;
    int weekday(int month, int day) const;
    void month_and_day_from_year();
    void day_from_week();

    const char* at_;
    tm& time_;
    bool has_weekday_ = false, has_month_ = false, has_day_ = false, has_day_of_year_ = false;
    bool wants_days_ = false; // weekday and day of the year follow from what was read
    bool twelve_hours_ = false, afternoon_ = false;
    bool two_digits_ = false; // of the year, so that a century may go before them
    int century_ = -1;
    int week_ = -1;
    int week_begins_ = 0; // a weekday
};

void Parser::skip_space()
{
    while (isspace(static_cast<unsigned char>(*at_)))
        at_++;
}

bool Parser::skip_digits()
{
    if (!isdigit(static_cast<unsigned char>(*at_)))
        return false;
    while (isdigit(static_cast<unsigned char>(*at_)))
        at_++;
    return true;
}

bool Parser::number(int from, int to, int digits, int& value)
{
    while (*at_ == ' ')
        at_++;
    if (!isdigit(static_cast<unsigned char>(*at_)))
        return false;
    int found = 0;
    do {
        found = found * 10 + (*at_++ - '0');
    } while (--digits > 0 && found * 10 <= to && isdigit(static_cast<unsigned char>(*at_)));
    if (found < from || found > to)
        return false;
    value = found;
    return true;
}

bool Parser::name(const char* const* names, int count, int& value)
{
    for (int i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (strncasecmp(at_, names[i], length) != 0)
            length = short_name;
        if (strncasecmp(at_, names[i], length) != 0)
            continue;
        at_ += length;
        value = i;
        return true;
    }
    return false;
}

bool Parser::read_half_of_day()
{
    bool am = strncasecmp(at_, "AM", 2) == 0;
    if (!am && strncasecmp(at_, "PM", 2) != 0)
        return false;
    at_ += 2;
    afternoon_ = !am;
    return true;
}

// Z, +hh, +hhmm or +hh:mm.
bool Parser::read_offset()
{
    skip_space();
    if (*at_ == 'Z') {
        at_++;
        time_.tm_gmtoff = 0;
        return true;
    }
    if (*at_ != '+' && *at_ != '-')
        return false;
    bool west = *at_++ == '-';
    int digits = 0, value = 0;
    while (digits < 4 && isdigit(static_cast<unsigned char>(*at_))) {
        value = value * 10 + (*at_++ - '0');
        if (++digits == 2 && *at_ == ':' && isdigit(static_cast<unsigned char>(at_[1])))
            at_++;
    }
    if (digits == 2)
        value *= 100;
    else if (digits != 4 || value % 100 >= 60)
        return false;
    long offset = value / 100 * seconds_per_hour + value % 100 * 60;
    time_.tm_gmtoff = west ? -offset : offset;
    return true;
}

bool Parser::read_seconds()
{
    time_t seconds = 0;
    if (!isdigit(static_cast<unsigned char>(*at_)))
        return false;
    for (; isdigit(static_cast<unsigned char>(*at_)); at_++)
        if (__builtin_mul_overflow(seconds, 10, &seconds) || __builtin_add_overflow(seconds, *at_ - '0', &seconds))
            return false;
    return localtime_r(&seconds, &time_) != nullptr;
}

bool Parser::read_date_field(char field)
{
    int& month = time_.tm_mon;
    switch (field) {
    case 'a':
    case 'A':
        return has_weekday_ = name(weekdays, 7, time_.tm_wday);
    case 'w':
        return has_weekday_ = number(0, 6, 1, time_.tm_wday);
    case 'u':
        if (!(has_weekday_ = number(1, 7, 1, time_.tm_wday)))
            return false;
        time_.tm_wday %= 7;
        return true;
    case 'b':
    case 'B':
    case 'h':
        return wants_days_ = has_month_ = name(months, 12, month);
    case 'm':
        if (!(wants_days_ = has_month_ = number(1, 12, 2, month)))
            return false;
        month--;
        return true;
    case 'd':
    case 'e':
        return wants_days_ = has_day_ = number(1, 31, 2, time_.tm_mday);
    case 'j':
        if (!(has_day_of_year_ = number(1, 366, 3, time_.tm_yday)))
            return false;
        time_.tm_yday--;
        return true;
    case 'U':
    case 'W':
        week_begins_ = field == 'W';
        return number(0, 53, 2, week_);
    }
    return read_year_field(field);
}

bool Parser::read_year_field(char field)
{
    int ignored;
    switch (field) {
    case 'C':
        return wants_days_ = number(0, 99, 2, century_);
    case 'y':
        if (!number(0, 99, 2, time_.tm_year))
            return false;
        if (time_.tm_year < 69)
            time_.tm_year += 100;
        return wants_days_ = two_digits_ = true;
    case 'Y':
        if (!number(0, 9999, 4, time_.tm_year))
            return false;
        time_.tm_year -= 1900;
        two_digits_ = false;
        return wants_days_ = true;
    case 'g': // years and weeks of ISO 8601 say nothing of a day
        return number(0, 99, 2, ignored);
    case 'V':
        return number(0, 53, 2, ignored);
    case 'G':
        return skip_digits();
    }
    return false;
}

bool Parser::read_time_field(char field)
{
    switch (field) {
    case 'H':
    case 'k':
        twelve_hours_ = false;
        return number(0, 23, 2, time_.tm_hour);
    case 'I':
    case 'l':
        if (!number(1, 12, 2, time_.tm_hour))
            return false;
        time_.tm_hour %= 12;
        return twelve_hours_ = true;
    case 'M':
        return number(0, 59, 2, time_.tm_min);
    case 'S':
        return number(0, 61, 2, time_.tm_sec);
    case 'p':
        return read_half_of_day();
    case 's':
        return read_seconds();
    case 'z':
        return read_offset();
    case 'Z': // a name says nothing without its rules
        skip_space();
        while (*at_ && !isspace(static_cast<unsigned char>(*at_)))
            at_++;
        return true;
    }
    return read_date_field(field);
}

bool Parser::read_field(char field)
{
    switch (field) {
    case '%':
        return *at_ == '%' && at_++;
    case 'n':
    case 't':
        skip_space();
        return true;
    case 'c':
        return read("%a %b %e %H:%M:%S %Y");
    case 'D':
    case 'x':
        return read("%m/%d/%y");
    case 'F':
        return read("%Y-%m-%d");
    case 'r':
        return read("%I:%M:%S %p");
    case 'R':
        return read("%H:%M");
    case 'T':
    case 'X':
        return read("%H:%M:%S");
    }
    return read_time_field(field);
}

bool Parser::read(const char* format)
{
    for (; *format; format++) {
        if (isspace(static_cast<unsigned char>(*format))) {
            skip_space();
            continue;
        }
        if (*format != '%') {
            if (*format != *at_)
                return false;
            at_++;
            continue;
        }
        do {
            format++;
        } while (*format && strchr("-_0^#", *format)); // strftime()'s
        // The alternative forms of a locale, where it has none.
        const char* fields = *format == 'E' ? "cCyYxX" : *format == 'O' ? "bBdeHImMSUWVwyu" : nullptr;
        if (fields && (!*++format || !strchr(fields, *format)))
            return false;
        if (!read_field(*format))
            return false;
    }
    return true;
}

int Parser::day_of_year(int month, int day) const
{
    return static_cast<int>(days_before(year(), month + 1) - days_before(year(), 1)) + day - 1;
}

int Parser::weekday(int month, int day) const
{
    constexpr int thursday = 4; // was 1970-01-01
    int64_t days = days_before(year(), month + 1) + day - 1 + thursday;
    return static_cast<int>(days - floor_divide(days, 7) * 7);
}

void Parser::month_and_day_from_year()
{
    int month = 0;
    while (month < 11 && day_of_year(month + 1, 1) <= time_.tm_yday)
        month++;
    if (!has_month_)
        time_.tm_mon = month;
    if (!has_day_)
        time_.tm_mday = time_.tm_yday - day_of_year(month, 1) + 1;
    has_month_ = has_day_ = true;
}

// Week 1 begins with the first Sunday or Monday of the year.
void Parser::day_from_week()
{
    int first = (7 - (weekday(0, 1) - week_begins_)) % 7;
    if (!has_day_of_year_)
        time_.tm_yday = first + (week_ - 1) * 7 + (time_.tm_wday - week_begins_ + 7) % 7;
    if (!has_month_ || !has_day_)
        month_and_day_from_year();
}

void Parser::conclude()
{
    if (twelve_hours_ && afternoon_)
        time_.tm_hour += 12;
    if (century_ != -1)
        time_.tm_year = (two_digits_ ? time_.tm_year % 100 : 0) + (century_ - 19) * 100;
    if (wants_days_ && !has_weekday_) {
        if (!(has_month_ && has_day_) && has_day_of_year_)
            month_and_day_from_year();
        if (month_known())
            time_.tm_wday = weekday(time_.tm_mon, time_.tm_mday);
    }
    if (wants_days_ && !has_day_of_year_ && month_known())
        time_.tm_yday = day_of_year(time_.tm_mon, time_.tm_mday);
    if (week_ != -1 && has_weekday_)
        day_from_week();
}

}

extern "C" {

char* strptime(const char* __restrict text, const char* __restrict format, tm* __restrict time)
{
    Parser parser(text, *time);
    if (!parser.read(format))
        return nullptr;
    parser.conclude();
    return const_cast<char*>(parser.rest());
}

char* strptime_l(const char* __restrict text, const char* __restrict format, tm* __restrict time, locale_t)
{
    return strptime(text, format, time);
}

}
