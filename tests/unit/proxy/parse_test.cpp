// SPDX-License-Identifier: MIT
// Sizes and CPU lists as users write them, and as they should not.
#include "base/parse.hpp"

#include <gtest/gtest.h>

namespace skl {
namespace {

using Cpus = std::vector<unsigned>;

TEST(ParseSize, KnowsSuffixes)
{
    EXPECT_EQ(parse_size("0"), 0u);
    EXPECT_EQ(parse_size("4096"), 4096u);
    EXPECT_EQ(parse_size("64K"), 65536u);
    EXPECT_EQ(parse_size("512M"), 512ULL << 20);
    EXPECT_EQ(parse_size("2g"), 2ULL << 30);
    EXPECT_EQ(parse_size("1GiB"), 1ULL << 30);
    EXPECT_EQ(parse_size("3TB"), 3ULL << 40);
}

TEST(ParseSize, RefusesNonsense)
{
    for (const char* text : {"", "M", "-1", "1.5G", "12 M", "1X", "1Gi", "16777216T", "99999999999999999999", "0x10"})
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
}

TEST(ParseCpuList, SortsAndMerges)
{
    EXPECT_EQ(parse_cpu_list("3"), Cpus({3}));
    EXPECT_EQ(parse_cpu_list("0-3,8"), Cpus({0, 1, 2, 3, 8}));
    EXPECT_EQ(parse_cpu_list("8,2-3,3"), Cpus({2, 3, 8}));
    EXPECT_EQ(parse_cpu_list("1023"), Cpus({1023}));
}

TEST(ParseCpuList, RefusesNonsense)
{
    for (const char* text : {"", ",", "1,", "-", "1-", "-1", "3-1", "a", "1024", "0-99999999999", "1 2"})
        EXPECT_EQ(parse_cpu_list(text), std::nullopt) << text;
}

TEST(FormatCpuList, JoinsRuns)
{
    EXPECT_EQ(format_cpu_list({}), "");
    EXPECT_EQ(format_cpu_list({5}), "5");
    EXPECT_EQ(format_cpu_list({0, 1, 2, 3, 8, 10, 11}), "0-3,8,10-11");
}

TEST(FormatSize, UsesTheLargestWholeUnit)
{
    EXPECT_EQ(format_size(0), "0 B");
    EXPECT_EQ(format_size(1536), "1536 B");
    EXPECT_EQ(format_size(900ULL << 30), "900 GiB");
}

}
}
