// SPDX-License-Identifier: MIT
// Lists and masks of CPUs, and /proc/cpuinfo told for as many CPUs as there are.
#include "libos/newlib/own_files/cpu_text.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

using namespace libos;

namespace {

std::string written(void (*write)(Text&, const CpuSet&), std::initializer_list<unsigned> cpus, std::uint32_t count)
{
    std::uint64_t words[4]{};
    for (unsigned cpu : cpus)
        words[cpu / 64] |= std::uint64_t{1} << cpu % 64;
    Text text;
    write(text, {words, count});
    return {text.begin(), text.size()};
}

std::string info(const std::string& linux_text, std::uint32_t count)
{
    Text text;
    write_cpuinfo(text, linux_text.data(), linux_text.size(), count);
    return {text.begin(), text.size()};
}

}

TEST(CpuList, JoinsNeighbours)
{
    EXPECT_EQ(written(write_list, {0}, 1), "0");
    EXPECT_EQ(written(write_list, {0, 1}, 2), "0-1");
    EXPECT_EQ(written(write_list, {0, 1, 2, 5, 63, 64, 66}, 67), "0-2,5,63-64,66");
    EXPECT_EQ(written(write_list, {}, 4), "");
    EXPECT_EQ(written(write_list, {2, 3}, 3), "2") << "beyond the count there is no CPU";
}

TEST(CpuMask, HasGroupsOf32Bits)
{
    EXPECT_EQ(written(write_mask, {0}, 1), "1");
    EXPECT_EQ(written(write_mask, {0, 2}, 3), "5");
    EXPECT_EQ(written(write_mask, {4}, 8), "10");
    EXPECT_EQ(written(write_mask, {31}, 32), "80000000");
    EXPECT_EQ(written(write_mask, {32}, 33), "1,00000000");
    EXPECT_EQ(written(write_mask, {0, 64}, 72), "01,00000000,00000001");
}

TEST(CpuInfo, TellsTheFirstCpuForEach)
{
    std::string linux_text = "processor\t: 4\nmodel name\t: A: B\nphysical id\t: 7\nsiblings\t: 96\ncore id\t\t: 9\ncpu cores\t: 48\n"
                             "apicid\t\t: 1\ninitial apicid\t: 1\n\nprocessor\t: 5\n";
    auto block = [](const char* cpu) {
        return std::string("processor\t: ") + cpu + "\nmodel name\t: A: B\nphysical id\t: 0\nsiblings\t: 2\ncore id\t\t: " + cpu +
               "\ncpu cores\t: 2\napicid\t\t: " + cpu + "\ninitial apicid\t: " + cpu + "\n\n";
    };
    EXPECT_EQ(info(linux_text, 2), block("0") + block("1"));
}

TEST(CpuInfo, EndsWhereTheTextEnds)
{
    EXPECT_EQ(info("processor\t: 3\nflags\t: fp", 1), "processor\t: 0\nflags\t: fp\n");
    EXPECT_EQ(info("processor\t", 1), "processor\t\n") << "no colon";
    EXPECT_EQ(info("", 2), "\n\n");
}
