// SPDX-License-Identifier: MIT
// Files of zoneinfo: good ones answer as the C library does, bad ones are refused whatever is wrong with them.
#include "libos/newlib/time/zone_file.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

using namespace libos;

namespace {

using Bytes = std::vector<std::uint8_t>;

struct Type {
    std::int32_t offset;
    std::uint8_t daylight, name;
};

// What a file is made of; every number can be told wrong.
struct Description {
    std::vector<std::int64_t> times{100, 200, 300};
    Bytes indices{1, 0, 1};
    std::vector<Type> types{{3600, 0, 0}, {7200, 1, 4}};
    std::string names{"AAA\0BBB\0", 8};
    std::string footer = "\nAAA-1\n";
    std::uint32_t leaps = 0;
    char version = '2';
};

void put(Bytes& bytes, std::uint64_t number, int size)
{
    for (int i = size; i-- > 0;)
        bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

void put_header(Bytes& bytes, const Description& from, std::size_t times, std::size_t types, std::size_t names, std::uint32_t leaps)
{
    for (char c : {'T', 'Z', 'i', 'f', from.version})
        bytes.push_back(static_cast<std::uint8_t>(c));
    bytes.resize(bytes.size() + 15);
    for (std::size_t count : {std::size_t{0}, std::size_t{0}, std::size_t{leaps}, times, types, names})
        put(bytes, count, 4);
}

void put_body(Bytes& bytes, const Description& from, int time_size)
{
    put_header(bytes, from, from.times.size(), from.types.size(), from.names.size(), from.leaps);
    for (std::int64_t time : from.times)
        put(bytes, static_cast<std::uint64_t>(time), time_size);
    bytes.insert(bytes.end(), from.indices.begin(), from.indices.end());
    for (const Type& type : from.types) {
        put(bytes, static_cast<std::uint32_t>(type.offset), 4);
        bytes.push_back(type.daylight);
        bytes.push_back(type.name);
    }
    bytes.insert(bytes.end(), from.names.begin(), from.names.end());
    bytes.resize(bytes.size() + from.leaps * static_cast<std::size_t>(time_size + 4));
}

constexpr std::size_t second_header = 44 + 7; // after a first part of one type and one name of nothing

Bytes make(const Description& from)
{
    Bytes bytes;
    if (from.version >= '2') {
        put_header(bytes, from, 0, 1, 1, 0);
        bytes.resize(second_header);
        put_body(bytes, from, 8);
        bytes.insert(bytes.end(), from.footer.begin(), from.footer.end());
    } else {
        put_body(bytes, from, 4);
    }
    return bytes;
}

// In memory of exactly its size, so that a sanitizer sees any step beyond it.
struct Read {
    explicit Read(const Bytes& from) : bytes(new std::uint8_t[from.size()])
    {
        std::copy(from.begin(), from.end(), bytes.get());
        good = read_zone_file(bytes.get(), from.size(), file);
    }
    std::unique_ptr<std::uint8_t[]> bytes;
    ZoneFile file;
    bool good;
};

bool accepted(const Description& from)
{
    return Read(make(from)).good;
}

void expect_count_refused(std::size_t header, int count)
{
    for (std::uint32_t number : {0xffffffffu, 0x80000000u, 0x7fffffffu, 1000u}) {
        Bytes bytes = make({});
        for (int i = 0; i < 4; i++)
            bytes[header + 20 + 4 * static_cast<std::size_t>(count) + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
        EXPECT_FALSE(Read(bytes).good) << "count " << count << " of " << number;
    }
}

}

TEST(ZoneFile, TellsOfPeriods)
{
    Read read(make({}));
    ASSERT_TRUE(read.good);
    EXPECT_EQ(period_at(read.file, 99).offset, 3600); // before all of them: standard time
    EXPECT_EQ(period_at(read.file, 100).offset, 7200);
    EXPECT_STREQ(period_at(read.file, 199).name, "BBB");
    EXPECT_EQ(period_at(read.file, 200).offset, 3600);
    EXPECT_EQ(period_at(read.file, 301).offset, 3600) << "the footer goes on after the last";
    EXPECT_EQ(period_at(read.file, INT64_MIN).offset, 3600);
    EXPECT_EQ(period_at(read.file, INT64_MAX).offset, 3600);
    EXPECT_STREQ(usual_periods(read.file).daylight.name, "BBB");
}

TEST(ZoneFile, WithoutFooterGoesOnWithTheLastPeriod)
{
    for (const char* footer : {"", "\n", "\n\n", "\nAAA-1", "\n!\n", "AAA-1\n"}) {
        Description description;
        description.footer = footer;
        Read read(make(description));
        ASSERT_TRUE(read.good);
        EXPECT_EQ(period_at(read.file, 1000).offset, 7200) << footer;
    }
    Description description;
    description.footer = "\n" + std::string(100000, 'A') + "\n";
    EXPECT_TRUE(accepted(description));
}

TEST(ZoneFile, OfTheFirstVersionHasShortTimes)
{
    Description description;
    description.version = '\0';
    description.times = {-5, 200, 300};
    Read read(make(description));
    ASSERT_TRUE(read.good);
    EXPECT_EQ(period_at(read.file, -5).offset, 7200);
    EXPECT_EQ(period_at(read.file, -6).offset, 3600);
}

TEST(ZoneFile, CutShortIsRefused)
{
    Description description;
    description.footer = "";
    for (char version : {'\0', '2'}) {
        description.version = version;
        Bytes bytes = make(description);
        for (std::size_t size = 0; size < bytes.size(); size++)
            EXPECT_FALSE(Read(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))).good) << size;
    }
}

TEST(ZoneFile, CountsBeyondItsEndAreRefused)
{
    for (std::size_t header : {std::size_t{0}, second_header})
        for (int count = 0; count < 6; count++)
            expect_count_refused(header, count);
}

TEST(ZoneFile, OfNoZoneIsRefused)
{
    Bytes bytes = make({});
    bytes[second_header] = 'X';
    EXPECT_FALSE(Read(bytes).good);
    bytes = make({});
    bytes[0] = 'X';
    EXPECT_FALSE(Read(bytes).good);
    EXPECT_FALSE(Read({}).good);
}

TEST(ZoneFile, TimesThatDoNotAscendAreRefused)
{
    Description description;
    description.times = {100, 300, 200};
    EXPECT_FALSE(accepted(description));
    description.times = {100, 100, 200};
    EXPECT_FALSE(accepted(description));
    description.times = {INT64_MIN, 0, INT64_MAX};
    EXPECT_TRUE(accepted(description));
}

TEST(ZoneFile, IndicesOfNothingAreRefused)
{
    Description description;
    description.indices = {1, 0, 2};
    EXPECT_FALSE(accepted(description));
    description = {};
    description.types[1].name = 8;
    EXPECT_FALSE(accepted(description));
    description.types[1].name = 7;
    EXPECT_TRUE(accepted(description));
}

TEST(ZoneFile, NamesWithoutEndAreRefused)
{
    Description description;
    description.names = "AAA BBB!";
    EXPECT_FALSE(accepted(description));
}

TEST(ZoneFile, NoTypesOrNoNamesAreRefused)
{
    Description description;
    description.times.clear();
    description.indices.clear();
    EXPECT_TRUE(accepted(description));
    description.types.clear();
    EXPECT_FALSE(accepted(description));
    description = {};
    description.times.clear();
    description.indices.clear();
    description.names.clear();
    EXPECT_FALSE(accepted(description));
}

TEST(ZoneFile, OffsetsOfMoreThanADayAreRefused)
{
    for (std::int32_t offset : {93600, -90000, INT32_MAX, INT32_MIN}) {
        Description description;
        description.types[0].offset = offset;
        EXPECT_FALSE(accepted(description)) << offset;
    }
}

TEST(ZoneFile, DaylightIsYesOrNo)
{
    Description description;
    description.types[0].daylight = 2;
    EXPECT_FALSE(accepted(description));
}

TEST(ZoneFile, LeapSecondsAreRefused)
{
    Description description;
    description.leaps = 1;
    EXPECT_FALSE(accepted(description));
}

// Any one byte wrong: whatever is still accepted can be asked.
TEST(ZoneFile, AnyByteMayBeWrong)
{
    const Bytes good = make({});
    for (std::size_t at = 0; at < good.size(); at++)
        for (int value : {0, 1, 127, 128, 255}) {
            Bytes bytes = good;
            bytes[at] = static_cast<std::uint8_t>(value);
            Read read(bytes);
            if (!read.good)
                continue;
            for (std::int64_t time : {INT64_MIN, std::int64_t{150}, INT64_MAX})
                EXPECT_LT(std::string(period_at(read.file, time).name).size(), 64u);
            EXPECT_NE(usual_periods(read.file).daylight.name, nullptr);
        }
}

TEST(ZoneFile, OfThisMachineAgreesWithItsLibrary)
{
    for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"}) {
        std::ifstream stream(std::string("/usr/share/zoneinfo/") + name, std::ios::binary);
        if (!stream)
            GTEST_SKIP() << "no zoneinfo here (tzdata)";
        Read read(Bytes(std::istreambuf_iterator<char>(stream), {}));
        ASSERT_TRUE(read.good) << name;
        setenv("TZ", name, 1);
        tzset();
        for (std::time_t time = -3000000000; time < 6000000000; time += 4500001) {
            std::tm local;
            localtime_r(&time, &local);
            Period period = period_at(read.file, time);
            ASSERT_EQ(period.offset, local.tm_gmtoff) << name << ' ' << time;
            ASSERT_STREQ(period.name, local.tm_zone) << name << ' ' << time;
        }
    }
}
