// SPDX-License-Identifier: MIT
// Which names are of /proc and /sys, however they are written, and which of them a pattern means.
#include "libos/newlib/own_files/names.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

using namespace libos;

namespace {

std::string plain(const std::string& path)
{
    char name[longest_own_name];
    return plain_name(path.c_str(), name) ? name : "none";
}

int match(const char* pattern, const char* name, std::uint32_t count = 12)
{
    std::uint32_t number;
    return matches(pattern, std::strlen(pattern), name, count, number) ? static_cast<int>(number) : -1;
}

}

TEST(PlainName, IsOneHoweverItIsWritten)
{
    EXPECT_EQ(plain("/proc/self/maps"), "/proc/self/maps");
    EXPECT_EQ(plain("//proc///self/./maps/"), "/proc/self/maps");
    EXPECT_EQ(plain("/proc/self/../cpuinfo"), "/proc/cpuinfo");
    EXPECT_EQ(plain("/home/../../sys/x"), "/sys/x");
    EXPECT_EQ(plain("/sys"), "/sys");
}

TEST(PlainName, OthersAreNone)
{
    EXPECT_EQ(plain("/process/self"), "none");
    EXPECT_EQ(plain("/home/proc/self"), "none");
    EXPECT_EQ(plain("proc/self"), "none");
    EXPECT_EQ(plain("/proc/../etc"), "none");
    EXPECT_EQ(plain("/"), "none");
    EXPECT_EQ(plain(""), "none");
}

TEST(PlainName, HasNoMoreRoomThanItNeeds)
{
    std::string fits = "/proc/" + std::string(longest_own_name - 7, 'x');
    EXPECT_EQ(plain(fits), fits);
    EXPECT_EQ(plain(fits + "x"), "none");
    EXPECT_EQ(plain(fits + "/x"), "none");
    EXPECT_EQ(plain("/proc/" + std::string(100000, 'x')), "none");
    std::string up;
    for (int i = 0; i < 1000; i++)
        up += "/proc/self/../..";
    EXPECT_EQ(plain(up + "/sys"), "/sys");
}

TEST(Matches, NumbersBelowTheCount)
{
    EXPECT_EQ(match("/cpu#/id", "/cpu0/id"), 0);
    EXPECT_EQ(match("/cpu#/id", "/cpu11/id"), 11);
    EXPECT_EQ(match("/cpu#/id", "/cpu12/id"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu4294967296"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu99999999999999999999"), -1);
}

TEST(Matches, NumbersAsLinuxWritesThem)
{
    EXPECT_EQ(match("/cpu#", "/cpu01"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu00"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu-1"), -1);
    EXPECT_EQ(match("/cpu#", "/cpu1x"), -1);
    EXPECT_EQ(match("/cpu#", "/cpufreq"), -1);
}

TEST(Matches, TheWholeName)
{
    EXPECT_EQ(match("/a", "/a"), 0);
    EXPECT_EQ(match("/a", "/ab"), -1);
    EXPECT_EQ(match("/ab", "/a"), -1);
    std::uint32_t number;
    EXPECT_TRUE(matches("/a/b", 2, "/a", 1, number)) << "of the pattern, so much as is said";
}

TEST(Below, TheFolderItselfAndWhatIsInIt)
{
    EXPECT_STREQ(below("/proc/self/maps", "/proc/self"), "/maps");
    EXPECT_STREQ(below("/proc/self", "/proc/self"), "");
    EXPECT_EQ(below("/proc/selfish", "/proc/self"), nullptr);
    EXPECT_EQ(below("/proc", "/proc/self"), nullptr);
}

TEST(Numbered, ByTheNextLetter)
{
    EXPECT_TRUE(numbered("/cpu7/x", "/cpu"));
    EXPECT_FALSE(numbered("/cpufreq", "/cpu"));
    EXPECT_FALSE(numbered("/cpu", "/cpu"));
    EXPECT_FALSE(numbered("/c", "/cpu"));
}
