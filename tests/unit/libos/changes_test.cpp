// SPDX-License-Identifier: MIT
// Changes between a page and its twin, and the way to a file and back.
#include "libos/newlib/memory/changes.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

using namespace libos;

namespace {

constexpr size_t size = 3 * 4096;

// What is mapped, what the file was known to hold, and what it holds.
class ChangesTest : public testing::Test {
protected:
    ChangesTest()
    {
        std::memset(memory, 'm', size);
        std::memset(twin, 'm', size);
        std::memset(file, 'f', size);
    }
    alignas(4096) char memory[size];
    alignas(4096) char twin[size];
    alignas(4096) char file[size];
};

TEST_F(ChangesTest, ThereAreNone)
{
    EXPECT_EQ(changes_in(memory, twin, size).size, 0U);
    EXPECT_EQ(changes_in(memory, twin, 0).size, 0U);
}

TEST_F(ChangesTest, LieBetweenTheFirstAndTheLast)
{
    memory[5] = 'a';
    Changes one = changes_in(memory, twin, size);
    EXPECT_EQ(one.begin, 5U);
    EXPECT_EQ(one.size, 1U);
    memory[4095] = memory[9000] = 'b';
    Changes more = changes_in(memory, twin, size);
    EXPECT_EQ(more.begin, 5U);
    EXPECT_EQ(more.size, 9000U - 5 + 1);
    memory[size - 1] = 'c';
    EXPECT_EQ(changes_in(memory, twin, size).size, size - 5);
    EXPECT_EQ(changes_in(memory, twin, 9000).size, 4095U - 5 + 1);
}

TEST_F(ChangesTest, ReplaceTheFilesBytesAndNoOthers)
{
    memory[0] = 'a';
    memory[2] = 'b';
    memory[5000] = 'c';
    take_changes(file, memory, twin, size);
    EXPECT_EQ(std::string(file, 4), "afbf");
    EXPECT_EQ(file[5000], 'c');
    EXPECT_EQ(file[4999], 'f');
    EXPECT_EQ(changes_in(memory, twin, size).size, 0U);
    EXPECT_EQ(twin[1], 'm');
}

TEST_F(ChangesTest, EndWhereTheFileEnds)
{
    memory[99] = memory[100] = 'a';
    take_changes(file, memory, twin, 100);
    EXPECT_EQ(file[99], 'a');
    EXPECT_EQ(file[100], 'f');
    EXPECT_EQ(changes_in(memory, twin, size).begin, 100U);
}

TEST_F(ChangesTest, OfOthersAreTakenWhereThereAreNoneHere)
{
    memory[16] = 'a'; // its word stays as it is
    take_others(memory, twin, file, size);
    EXPECT_EQ(std::string(memory, 16), std::string(16, 'f'));
    EXPECT_EQ(std::string(memory + 16, 8), "ammmmmmm");
    EXPECT_EQ(std::string(twin + 16, 8), "mmmmmmmm");
    EXPECT_EQ(std::string(memory + 24, size - 24), std::string(size - 24, 'f'));
    Changes changes = changes_in(memory, twin, size);
    EXPECT_EQ(changes.begin, 16U);
    EXPECT_EQ(changes.size, 1U);
}

TEST_F(ChangesTest, OfOthersEndWhereTheFileEnds)
{
    take_others(memory, twin, file, 11);
    EXPECT_EQ(std::string(memory, 13), std::string(11, 'f') + "mm");
    EXPECT_EQ(std::memcmp(memory, twin, size), 0);
}

}
