// SPDX-License-Identifier: MIT
// All counts, indices and orders are checked when a file is read; looking up believes them then.
#include "time/zone_file.hpp"

#include <string.h>

namespace libos {
namespace {

constexpr size_t header_size = 44, period_size = 6;

struct Counts {
    uint64_t universal, standard, leap, times, periods, characters;
};

uint32_t big_endian_32(const uint8_t* bytes)
{
    return static_cast<uint32_t>(bytes[0]) << 24 | static_cast<uint32_t>(bytes[1]) << 16 | static_cast<uint32_t>(bytes[2]) << 8 | bytes[3];
}

int64_t time_number(const ZoneFile& file, uint32_t index)
{
    const uint8_t* bytes = file.times + static_cast<size_t>(index) * file.time_size;
    auto high = static_cast<int32_t>(big_endian_32(bytes));
    return file.time_size == 4 ? high : static_cast<int64_t>(static_cast<uint64_t>(high) << 32 | big_endian_32(bytes + 4));
}

bool read_counts(const uint8_t* bytes, size_t size, Counts& counts)
{
    if (size < header_size || memcmp(bytes, "TZif", 4) != 0)
        return false;
    uint64_t* all[] = {&counts.universal, &counts.standard, &counts.leap, &counts.times, &counts.periods, &counts.characters};
    for (size_t i = 0; i < 6; i++)
        *all[i] = big_endian_32(bytes + 20 + 4 * i);
    return true;
}

// Without the header. Six numbers of 32 bits cannot make it wrap.
uint64_t body_size(const Counts& counts, size_t time_size)
{
    return counts.times * (time_size + 1) + counts.periods * period_size + counts.characters + counts.leap * (time_size + 4) + counts.standard +
           counts.universal;
}

bool plausible(const Counts& counts)
{
    constexpr uint64_t most_periods = 256; // a type is one byte
    return counts.periods >= 1 && counts.periods <= most_periods && counts.characters >= 1 && counts.leap == 0;
}

bool check_times(const ZoneFile& file)
{
    for (uint32_t i = 0; i < file.time_count; i++)
        if (file.types[i] >= file.period_count || (i > 0 && time_number(file, i) <= time_number(file, i - 1)))
            return false;
    return true;
}

bool check_periods(const ZoneFile& file, uint64_t characters)
{
    constexpr int32_t day = 86400;
    for (uint32_t i = 0; i < file.period_count; i++) {
        const uint8_t* period = file.periods + i * period_size;
        auto offset = static_cast<int32_t>(big_endian_32(period));
        if (offset <= -day - 3600 || offset >= day + 7200 || period[4] > 1 || period[5] >= characters)
            return false;
    }
    return file.names[characters - 1] == '\0'; // so every name ends
}

// newline, rule, newline; no rule, or one that cannot be read: the last period goes on.
void read_footer(const uint8_t* bytes, size_t size, ZoneFile& file)
{
    char text[128];
    if (size < 2 || bytes[0] != '\n')
        return;
    auto* end = static_cast<const uint8_t*>(memchr(bytes + 1, '\n', size - 1));
    if (!end || end == bytes + 1 || static_cast<size_t>(end - bytes) > sizeof text)
        return;
    auto length = static_cast<size_t>(end - bytes) - 1;
    memcpy(text, bytes + 1, length);
    text[length] = '\0';
    file.has_rule = read_zone_rule(text, file.rule);
}

bool read_body(const uint8_t* bytes, size_t size, const Counts& counts, uint8_t time_size, ZoneFile& file)
{
    uint64_t needed = body_size(counts, time_size);
    if (!plausible(counts) || needed > size)
        return false;
    file.time_count = static_cast<uint32_t>(counts.times);
    file.time_size = time_size;
    file.period_count = static_cast<uint32_t>(counts.periods);
    file.times = bytes;
    file.types = file.times + counts.times * time_size;
    file.periods = file.types + counts.times;
    file.names = reinterpret_cast<const char*>(file.periods + counts.periods * period_size);
    if (!check_times(file) || !check_periods(file, counts.characters))
        return false;
    if (time_size == 8)
        read_footer(bytes + needed, size - needed, file);
    return true;
}

Period period(const ZoneFile& file, uint32_t index)
{
    const uint8_t* period = file.periods + index * period_size;
    return {static_cast<int32_t>(big_endian_32(period)), period[4] != 0, file.names + period[5]};
}

// Before anything is known: the first period of standard time, as glibc has it.
Period first_period(const ZoneFile& file)
{
    for (uint32_t i = 0; i < file.period_count; i++)
        if (!period(file, i).daylight)
            return period(file, i);
    return period(file, 0);
}

}

bool read_zone_file(const uint8_t* bytes, size_t size, ZoneFile& file)
{
    file = {};
    Counts counts;
    if (!read_counts(bytes, size, counts))
        return false;
    bytes += header_size;
    size -= header_size;
    bool has_second = bytes[4 - static_cast<ptrdiff_t>(header_size)] >= '2';
    if (!has_second)
        return read_body(bytes, size, counts, 4, file);
    uint64_t skipped = body_size(counts, 4); // the same again, in 32 bits
    if (skipped > size || !read_counts(bytes + skipped, size - skipped, counts))
        return false;
    return read_body(bytes + skipped + header_size, size - skipped - header_size, counts, 8, file);
}

Period period_at(const ZoneFile& file, int64_t time)
{
    if (file.time_count == 0)
        return file.has_rule ? period_at(file.rule, time) : first_period(file);
    if (time < time_number(file, 0))
        return first_period(file);
    uint32_t low = 0, high = file.time_count; // the change at low is not after time, that at high is
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        (time_number(file, middle) <= time ? low : high) = middle;
    }
    bool last = low == file.time_count - 1;
    return last && file.has_rule ? period_at(file.rule, time) : period(file, file.types[low]);
}

UsualPeriods usual_periods(const ZoneFile& file)
{
    UsualPeriods usual{};
    for (uint32_t i = file.time_count; i > 0 && !(usual.standard.name && usual.daylight.name); i--) {
        Period one = period(file, file.types[i - 1]);
        Period& place = one.daylight ? usual.daylight : usual.standard;
        if (!place.name)
            place = one;
    }
    if (!usual.standard.name)
        usual.standard = first_period(file);
    if (!usual.daylight.name)
        usual.daylight = usual.standard;
    return usual;
}

}
