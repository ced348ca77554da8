// SPDX-License-Identifier: MIT
// The command line a virtual machine is started with; the clock it is given.
#include "launch/clock.hpp"
#include "launch/qemu_command.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace skl {
namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, const Words& wanted)
{
    return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

TEST(QemuCommand, SharesMemoryAndDoorbellByDescriptor)
{
    QemuSettings settings;
    settings.monitor = "/opt/monitor.elf";
    Words words = qemu_command(settings, 4, 1 << 30, {17, 18, -1});
    EXPECT_TRUE(has(words, {"-object", "memory-backend-file,id=ram,size=1073741824,mem-path=/proc/self/fd/17,share=on,align=2M,prealloc=on"}));
    EXPECT_TRUE(has(words, {"-chardev", "socket,id=doorbell,fd=18"}));
    EXPECT_TRUE(has(words, {"-smp", "4"}));
    EXPECT_TRUE(has(words, {"-kernel", "/opt/monitor.elf"}));
    EXPECT_TRUE(has(words, {"-net", "none"}));
    EXPECT_FALSE(has(words, {"-gdb"}));
    EXPECT_TRUE(has(words, {"-accel", "kvm", "-cpu", "host,-arch-capabilities,-smap"}));
}

TEST(QemuCommand, UsesTcgAndExtraOptionsWhenTold)
{
    QemuSettings settings;
    settings.kvm = false;
    settings.extra = " -icount  shift=0 ";
    Words words = qemu_command(settings, 1, 1 << 30, {3, 4, 5});
    EXPECT_TRUE(has(words, {"-accel", "tcg,thread=multi", "-cpu", "max"}));
    EXPECT_TRUE(has(words, {"-icount", "shift=0"}));
    EXPECT_TRUE(has(words, {"-S", "-chardev", "socket,id=debugger,fd=5", "-gdb", "chardev:debugger"}));
}

TEST(Clock, IsOddUntilItIsKnown)
{
    skl_clock page{};
    ClockWriter writer(page, 2'000'000);
    EXPECT_EQ(page.sequence % 2, 1u);
    writer.synchronize(1000);
    EXPECT_EQ(page.sequence % 2, 0u);
    EXPECT_EQ(page.tsc_base, 1000u);
    EXPECT_EQ(page.multiplier, 1ULL << 31); // half a nanosecond per tick
    EXPECT_GT(page.realtime_ns, page.monotonic_ns);
}

TEST(Clock, NeverGoesBack)
{
    skl_clock page{};
    ClockWriter writer(page, 1'000'000); // slower than any real counter: the page runs ahead
    writer.synchronize(0);
    std::uint64_t last = page.monotonic_ns;
    for (int i = 0; i < 1000; i++) {
        writer.refresh();
        EXPECT_GE(page.monotonic_ns, last);
        last = page.monotonic_ns;
    }
}

}
}
