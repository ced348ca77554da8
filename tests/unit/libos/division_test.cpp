// SPDX-License-Identifier: MIT
// Task loops of OpenMP, divided.
#include "libos/openmp/division.hpp"

#include <gtest/gtest.h>

#include <climits>
#include <vector>

using namespace libos::openmp;

namespace {

using Ull = unsigned long long;

// Of each task.
std::vector<Ull> sizes(const Division& division, Ull iterations)
{
    std::vector<Ull> found;
    for (Ull i = 0; i < division.tasks; i++)
        found.push_back(std::min(division.begin(i + 1), iterations) - division.begin(i));
    return found;
}

TEST(Division, CountsIterationsUpAndDown)
{
    EXPECT_EQ((Loop<long>{0, 10, 3, true}.iterations()), 4U);
    EXPECT_EQ((Loop<long>{0, 9, 3, true}.iterations()), 3U);
    EXPECT_EQ((Loop<long>{9, -1, -3, false}.iterations()), 4U);
    EXPECT_EQ((Loop<Ull>{10, 0, Ull(-3), false}.iterations()), 4U);
    EXPECT_EQ((Loop<long>{LONG_MIN, LONG_MAX, LONG_MAX, true}.iterations()), 3U);
    EXPECT_EQ((Loop<Ull>{0, ULLONG_MAX, 1, true}.iterations()), ULLONG_MAX);
}

TEST(Division, KnowsLoopsWithoutIterations)
{
    EXPECT_EQ((Loop<long>{5, 5, 1, true}.iterations()), 0U);
    EXPECT_EQ((Loop<long>{5, 5, 3, true}.iterations()), 0U);
    EXPECT_EQ((Loop<long>{5, 4, 1, true}.iterations()), 0U);
    EXPECT_EQ((Loop<long>{5, 6, -1, false}.iterations()), 0U);
    EXPECT_EQ((Loop<Ull>{5, 5, Ull(-1), false}.iterations()), 0U);
}

TEST(Division, FindsItsWayInTheLoop)
{
    EXPECT_EQ((Loop<long>{5, 100, 3, true}.at(4)), 17);
    EXPECT_EQ((Loop<long>{5, -100, -3, false}.at(4)), -7);
    EXPECT_EQ((Loop<Ull>{5, 0, Ull(-1), false}.at(5)), 0U);
}

TEST(Division, MakesSoManyTasksAtMost)
{
    EXPECT_EQ(sizes(in_at_most(10, 3), 10), (std::vector<Ull>{4, 3, 3}));
    EXPECT_EQ(sizes(in_at_most(11, 3), 11), (std::vector<Ull>{4, 4, 3}));
    EXPECT_EQ(sizes(in_at_most(2, 5), 2), (std::vector<Ull>{1, 1}));
}

TEST(Division, HasGrainsOfASize)
{
    EXPECT_EQ(sizes(in_grains(23, 7, false), 23), (std::vector<Ull>{8, 8, 7}));
    EXPECT_EQ(sizes(in_grains(13, 7, false), 13), (std::vector<Ull>{13}));
    EXPECT_EQ(sizes(in_grains(3, 7, false), 3), (std::vector<Ull>{3}));
    EXPECT_EQ(sizes(in_grains(23, 7, true), 23), (std::vector<Ull>{7, 7, 7, 2}));
    EXPECT_EQ(sizes(in_grains(21, 7, true), 21), (std::vector<Ull>{7, 7, 7}));
    EXPECT_EQ(sizes(in_grains(3, 7, true), 3), (std::vector<Ull>{3}));
}

}
