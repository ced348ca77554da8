// SPDX-License-Identifier: MIT
// Free memory and control groups, read from files as a machine or a container has them.
#include "base/failure.hpp"
#include "launch/memory_limits.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace skl {
namespace {

constexpr std::uint64_t mib = 1 << 20;

// /proc and /sys of a machine with much memory, in a folder.
class MemoryLimits : public testing::Test {
protected:
    MemoryLimits()
    {
        char name[] = "/tmp/memory-limits-XXXXXX";
        root_ = ::mkdtemp(name);
        write("/proc/meminfo", "MemTotal:       8388608 kB\nMemFree:          1024 kB\nMemAvailable:    4194304 kB\n");
    }
    ~MemoryLimits() override { std::filesystem::remove_all(root_); }

    void write(const std::string& path, const std::string& text)
    {
        std::filesystem::create_directories(std::filesystem::path(root_ + path).parent_path());
        std::ofstream(root_ + path) << text;
    }
    void group(const std::string& folder, const std::string& most, std::uint64_t used, std::uint64_t cache = 0)
    {
        write("/sys/fs/cgroup" + folder + "/memory.max", most + "\n");
        write("/sys/fs/cgroup" + folder + "/memory.current", std::to_string(used) + "\n");
        write("/sys/fs/cgroup" + folder + "/memory.stat",
              "anon 4096\nfile 9999999999\ninactive_file " + std::to_string(cache / 2) + "\nactive_file " + std::to_string(cache - cache / 2) + "\n");
    }
    // Why it was refused; empty if it was not.
    std::string cause(std::uint64_t bytes)
    {
        try {
            check_memory_limits(bytes, root_);
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.status(), exit_launcher_failed);
            EXPECT_NE(failure.hint().find("HERMIT_MEM"), std::string::npos);
            return failure.cause();
        }
        return {};
    }

    std::string root_;
};

TEST_F(MemoryLimits, AreThoseOfTheMachineWhereThereIsNoGroup)
{
    EXPECT_EQ(cause(3000 * mib), "");
    EXPECT_NE(cause(5000 * mib).find("available on this machine"), std::string::npos);
    EXPECT_NE(cause(4090 * mib), ""); // QEMU needs some, too
}

TEST_F(MemoryLimits, AreThoseOfOurGroup)
{
    write("/proc/self/cgroup", "0::/user/isles\n");
    group("/user/isles", std::to_string(512 * mib), 100 * mib);
    EXPECT_EQ(cause(256 * mib), "");
    EXPECT_NE(cause(400 * mib).find("412 MiB are left in control group /user/isles"), std::string::npos) << cause(400 * mib);
}

TEST_F(MemoryLimits, AreThoseOfTheGroupsAbove)
{
    write("/proc/self/cgroup", "0::/user/isles\n");
    group("/user/isles", "max", 0);
    group("/user", std::to_string(128 * mib), 0);
    EXPECT_NE(cause(128 * mib).find("control group /user"), std::string::npos);
    EXPECT_EQ(cause(64 * mib), "");
}

TEST_F(MemoryLimits, AreThoseOfAContainerThatSeesItsGroupAsTheRoot)
{
    group("", std::to_string(128 * mib), 0);
    for (const char* line : {"0::/\n", "0::/system.slice/what-the-host-calls-it\n", "0::/../outside\n"}) {
        write("/proc/self/cgroup", line);
        EXPECT_NE(cause(128 * mib).find("control group /"), std::string::npos) << line;
        EXPECT_EQ(cause(64 * mib), "") << line;
    }
}

TEST_F(MemoryLimits, LeaveTheCacheOut)
{
    write("/proc/self/cgroup", "0::/a\n");
    group("/a", std::to_string(512 * mib), 510 * mib, 500 * mib);
    EXPECT_EQ(cause(256 * mib), "");
    group("/a", std::to_string(512 * mib), 510 * mib, 100 * mib);
    EXPECT_NE(cause(256 * mib), "");
}

TEST_F(MemoryLimits, AreNoneInAGroupThatIsOver)
{
    write("/proc/self/cgroup", "0::/a\n");
    group("/a", std::to_string(100 * mib), 120 * mib);
    EXPECT_NE(cause(2 * mib).find(" 0"), std::string::npos) << cause(2 * mib);
}

TEST_F(MemoryLimits, AreKnownInVersion1)
{
    write("/proc/self/cgroup", "9:name=systemd:/\n4:cpuset,memory:/batch/job:7\n0::/\n");
    std::string folder = "/sys/fs/cgroup/memory/batch/job:7/memory.";
    write(folder + "limit_in_bytes", std::to_string(128 * mib) + "\n");
    write(folder + "usage_in_bytes", "0\n");
    write("/sys/fs/cgroup/memory/batch/memory.limit_in_bytes", "9223372036854771712\n");
    write("/sys/fs/cgroup/memory/batch/memory.usage_in_bytes", "0\n");
    EXPECT_NE(cause(128 * mib).find("control group /batch/job:7"), std::string::npos);
    EXPECT_EQ(cause(60 * mib), "");
}

TEST_F(MemoryLimits, OfWhatMakesNoSenseAreNone)
{
    write("/proc/self/cgroup", "nonsense\n::::\n0::\n0::/gone\n");
    group("", "much", 0);
    EXPECT_EQ(cause(256 * mib), "");
}

}
}
