// SPDX-License-Identifier: MIT
// Changes between a page and its twin, and the way to a file and back.
#include "libos/newlib/memory/changes.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace libos;

namespace {

constexpr size_t size = 3 * 4096;
using Runs = std::vector<std::pair<size_t, size_t>>;

// What is mapped, what the file was known to hold, and what it holds.
class ChangesTest : public testing::Test {
protected:
    ChangesTest()
    {
        std::memset(memory, 'm', size);
        std::memset(twin, 'm', size);
        std::memset(file, 'f', size);
    }
    Runs runs(size_t end = size) const
    {
        Runs found;
        for (Changes run = next_changes(memory, twin, 0, end); run.size; run = next_changes(memory, twin, run.begin + run.size, end))
            found.emplace_back(run.begin, run.size);
        return found;
    }
    alignas(4096) char memory[size];
    alignas(4096) char twin[size];
    alignas(4096) char file[size];
};

TEST_F(ChangesTest, ThereAreNone)
{
    EXPECT_EQ(runs(), Runs{});
    EXPECT_EQ(runs(0), Runs{});
}

TEST_F(ChangesTest, AreRunsOfBytes)
{
    memory[5] = 'a';
    EXPECT_EQ(runs(), (Runs{{5, 1}}));
    memory[4095] = memory[4096] = memory[9000] = 'b';
    EXPECT_EQ(runs(), (Runs{{5, 1}, {4095, 2}, {9000, 1}}));
    memory[size - 1] = 'c';
    EXPECT_EQ(runs(), (Runs{{5, 1}, {4095, 2}, {9000, 1}, {size - 1, 1}}));
}

TEST_F(ChangesTest, EndWhereTheFileEnds)
{
    memory[98] = memory[99] = memory[104] = 'a';
    EXPECT_EQ(runs(99), (Runs{{98, 1}}));
    EXPECT_EQ(runs(98), Runs{});
}

TEST_F(ChangesTest, ReplaceTheFilesBytesAndNoOthers)
{
    memory[0] = 'a';
    memory[5000] = 'c';
    TakenBytes bytes;
    bytes.take(file, memory, twin, size);
    EXPECT_EQ(std::string(file, 3), "aff");
    EXPECT_EQ(std::string(file + 4999, 3), "fcf");
    EXPECT_EQ(runs(), (Runs{{0, 1}, {5000, 1}})) << "until they are written";
    memory[0] = 'm'; // by another thread meanwhile: as it was, but the file has the other
    memory[16] = 'd';
    bytes.written(twin, file, size);
    EXPECT_EQ(runs(), (Runs{{0, 1}, {16, 1}}));
    EXPECT_EQ(twin[0], 'a');
}

TEST_F(ChangesTest, AreTakenUpToTheFilesEnd)
{
    memory[96] = memory[100] = 'a';
    TakenBytes bytes;
    bytes.take(file, memory, twin, 99);
    EXPECT_EQ(std::string(file + 95, 6), "faffff");
    bytes.written(twin, file, 99);
    EXPECT_EQ(std::string(twin + 96, 5), "ammmm");
}

TEST_F(ChangesTest, OfOthersAreTakenWhereThereAreNoneHere)
{
    memory[16] = 'a'; // its word stays as it is
    take_others(memory, twin, file, size);
    EXPECT_EQ(std::string(memory, 16), std::string(16, 'f'));
    EXPECT_EQ(std::string(memory + 16, 8), "ammmmmmm");
    EXPECT_EQ(std::string(twin + 16, 8), "mmmmmmmm");
    EXPECT_EQ(std::string(memory + 24, size - 24), std::string(size - 24, 'f'));
    EXPECT_EQ(runs(), (Runs{{16, 1}}));
}

TEST_F(ChangesTest, OfOthersEndWhereTheFileEnds)
{
    take_others(memory, twin, file, 11);
    EXPECT_EQ(std::string(memory, 13), std::string(11, 'f') + "mm");
    EXPECT_EQ(std::memcmp(memory, twin, size), 0);
}

}
