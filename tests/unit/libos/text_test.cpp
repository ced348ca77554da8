// SPDX-License-Identifier: MIT
// Text that grows.
#include "libos/newlib/own_files/text.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

using namespace libos;

TEST(Text, GrowsAsFarAsItIsWrittenTo)
{
    Text text;
    std::string expected;
    for (int i = 0; i < 1000; i++) {
        text.print("%d,", i);
        expected += std::to_string(i) + ",";
    }
    EXPECT_EQ(std::string(text.begin(), text.size()), expected);
    EXPECT_TRUE(text.complete());
}

TEST(Text, TakesWhatAReaderPutsThere)
{
    Text text;
    text.add("a");
    std::memcpy(text.reserve(5000), "bcd", 3);
    text.use(2);
    text.add("e");
    EXPECT_EQ(std::string(text.begin(), text.size()), "abce");
}

TEST(Text, SaysThatALineWasTooLong)
{
    Text text;
    text.print("%300d", 1);
    EXPECT_FALSE(text.complete());
    EXPECT_EQ(text.size(), 0u);
}

TEST(Text, LinesEndWithTheirLineFeedOrTheText)
{
    const char* lines = "ab\n\nc";
    EXPECT_EQ(line_length(lines, lines + 5), 3u);
    EXPECT_EQ(line_length(lines + 3, lines + 5), 1u);
    EXPECT_EQ(line_length(lines + 4, lines + 5), 1u);
    EXPECT_EQ(line_length(lines + 5, lines + 5), 0u);
}
