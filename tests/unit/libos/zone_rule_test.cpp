// SPDX-License-Identifier: MIT
// Rules of TZ: read as far as they can be, whatever they are.
#include "libos/newlib/time/zone_rule.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

using namespace libos;

namespace {

ZoneRule read(const std::string& text)
{
    ZoneRule rule;
    read_zone_rule(text.c_str(), rule);
    return rule;
}

constexpr std::int64_t march_31_2024 = 1711846800; // 01:00 UTC, when the European Union changes

}

TEST(ZoneRule, ChangesInTheNorth)
{
    ZoneRule rule = read("CET-1CEST,M3.5.0,M10.5.0/3");
    EXPECT_EQ(period_at(rule, march_31_2024 - 1).offset, 3600);
    EXPECT_EQ(period_at(rule, march_31_2024).offset, 7200);
    EXPECT_TRUE(period_at(rule, march_31_2024).daylight);
    EXPECT_STREQ(period_at(rule, march_31_2024).name, "CEST");
}

TEST(ZoneRule, ChangesInTheSouth)
{
    ZoneRule rule = read("NZST-12NZDT,M9.5.0,M4.1.0/3");
    EXPECT_TRUE(period_at(rule, 1704067200).daylight);  // January
    EXPECT_FALSE(period_at(rule, 1719792000).daylight); // July
    EXPECT_TRUE(period_at(rule, 1733011200).daylight);  // December
}

TEST(ZoneRule, CountsDaysOfTheYear)
{
    ZoneRule julian = read("AAA0BBB,J60/0,J300/0"), counted = read("AAA0BBB,59/0,299/0");
    constexpr std::int64_t march_1_2024 = 1709251200, march_1_2023 = 1677628800, day = 86400;
    EXPECT_TRUE(period_at(julian, march_1_2024).daylight);
    EXPECT_FALSE(period_at(julian, march_1_2024 - 1).daylight);
    EXPECT_TRUE(period_at(counted, march_1_2024 - day).daylight); // the leap day counts
    EXPECT_TRUE(period_at(counted, march_1_2023).daylight);
    EXPECT_FALSE(period_at(counted, march_1_2023 - 1).daylight);
}

TEST(ZoneRule, TakesWhatCanBeRead)
{
    EXPECT_STREQ(read("<+0330>-3:30:15").name[0], "+0330");
    EXPECT_EQ(read("<+0330>-3:30:15").offset[0], 12615);
    EXPECT_FALSE(read("AAA").changes);
    EXPECT_EQ(read("AAA").offset[0], 0);
    EXPECT_FALSE(read("AAA1BBB,nonsense").changes);
    EXPECT_FALSE(read("AAA1BBB,M13.1.0,M4.1.0").changes);
    EXPECT_FALSE(read("AAA1BBB,M3.6.0,M4.1.0").changes);
    EXPECT_FALSE(read("AAA1BBB,M3.0.0,M4.1.0").changes);
    EXPECT_FALSE(read("AAA1BBB,M3.1.7,M4.1.0").changes);
    EXPECT_FALSE(read("AAA1BBB,J0,J366").changes);
    EXPECT_FALSE(read("AAA1BBB,M3.1.0/168,M4.1.0").changes);
    EXPECT_TRUE(read("AAA1BBB").changes);
}

TEST(ZoneRule, RefusesWhatIsNone)
{
    ZoneRule rule;
    for (const std::string& text : {std::string(""), std::string("ab"), std::string("1"), std::string("<ab"), std::string("<abc"),
                                    std::string(64, 'A') + "1", std::string(100000, 'A')})
        EXPECT_FALSE(read_zone_rule(text.c_str(), rule)) << text.substr(0, 10);
    EXPECT_EQ(read("AAA99999999999999999999").offset[0], 0);
    EXPECT_EQ(read("AAA25").offset[0], 0);
}

TEST(ZoneRule, AnswersForAnyMoment)
{
    ZoneRule rule = read("AAA1BBB,M3.5.0,M10.5.0");
    EXPECT_FALSE(period_at(rule, INT64_MIN).daylight);
    EXPECT_NE(period_at(rule, INT64_MAX).name, nullptr);
}
