// SPDX-License-Identifier: MIT
// /proc/meminfo in Linux's columns.
#include "libos/newlib/own_files/memory_text.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace libos;

namespace {

constexpr MemoryFigures figures{8ull << 30, 5ull << 30};

std::string written(void (*write)(Text&, const MemoryFigures&))
{
    Text text;
    write(text, figures);
    return {text.begin(), text.size()};
}

bool has(const std::string& text, const std::string& line)
{
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}

TEST(MemInfo, SaysWhatIsThereAndWhatIsFree)
{
    std::string text = written(write_meminfo);
    EXPECT_EQ(text.find("MemTotal:        8388608 kB\nMemFree:         5242880 kB\n"), 0u) << text;
    EXPECT_TRUE(has(text, "MemAvailable:    5242880 kB"));
    EXPECT_TRUE(has(text, "AnonPages:       3145728 kB"));
    EXPECT_TRUE(has(text, "SwapTotal:             0 kB"));
    EXPECT_TRUE(has(text, "Hugepagesize:       2048 kB"));
    EXPECT_EQ(text.find("MemUsed"), std::string::npos) << "a node's only";
}

TEST(MemInfo, IsTheNodesAsWell)
{
    std::string text = written(write_node_meminfo);
    EXPECT_TRUE(has(text, "Node 0 MemTotal:        8388608 kB"));
    EXPECT_TRUE(has(text, "Node 0 MemUsed:         3145728 kB"));
    EXPECT_EQ(text.find("MemAvailable"), std::string::npos) << "the machine's only";
}
