// SPDX-License-Identifier: MIT
// What Linux says of the proxy becomes what is true of the isle; what is not known stays as it is.
#include "libos/newlib/own_files/process_text.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

using namespace libos;

namespace {

constexpr std::uint64_t cpus[4] = {6};

ProcessFigures figures()
{
    ProcessFigures process{};
    std::snprintf(process.command, sizeof process.command, "%s", "app (x) y");
    process.threads = 3;
    process.cpu = 2;
    process.ticks = 777;
    process.now = 64 << 20;
    process.most = 96 << 20;
    process.code_begin = 0x801000;
    process.code_end = 0x811000;
    process.stack_begin = 0x20000000000;
    process.stack_size = 8 << 20;
    process.blocked = 0x200;
    process.caught = std::uint64_t{1} << 63 | 2;
    process.allowed = {cpus, 4};
    return process;
}

using Write = void (*)(Text&, const char*, std::size_t, const ProcessFigures&);

std::string edited(Write write, const std::string& linux_text)
{
    Text text;
    write(text, linux_text.data(), linux_text.size(), figures());
    EXPECT_TRUE(text.complete());
    return {text.begin(), text.size()};
}

std::string status(const std::string& linux_text)
{
    return edited(write_status, linux_text);
}

std::vector<std::string> words(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

}

TEST(Status, HasTheIslesFigures)
{
    EXPECT_EQ(status("State:\tS (sleeping)\n"), "State:\tR (running)\n");
    EXPECT_EQ(status("Name:\tproxy\nUmask:\t0022\nThreads:\t9\n"), "Name:\tapp (x) y\nUmask:\t0022\nThreads:\t3\n");
    EXPECT_EQ(status("VmPeak:\t       1 kB\nVmRSS:\t 1 kB\nVmStk:\t 1 kB\nVmExe:\t 1 kB\n"),
              "VmPeak:\t   98304 kB\nVmRSS:\t   65536 kB\nVmStk:\t    8192 kB\nVmExe:\t      64 kB\n");
    EXPECT_EQ(status("VmData:\t 1 kB\nVmSwap:\t 1 kB\n"), "VmData:\t   57280 kB\nVmSwap:\t       0 kB\n");
    EXPECT_EQ(status("SigBlk:\tffffffffffffffff\nSigCgt:\t0\n"), "SigBlk:\t0000000000000200\nSigCgt:\t8000000000000002\n");
    EXPECT_EQ(status("Cpus_allowed:\tff\nCpus_allowed_list:\t0-7\nMems_allowed:\t3\nMems_allowed_list:\t0-1\n"),
              "Cpus_allowed:\t6\nCpus_allowed_list:\t1-2\nMems_allowed:\t1\nMems_allowed_list:\t0\n");
}

TEST(Status, LeavesOutWhatIsOfLinuxsTask)
{
    EXPECT_EQ(status("VmPTE:\t 44 kB\nUid:\t0\nvoluntary_ctxt_switches:\t2\nnonvoluntary_ctxt_switches:\t2\n"), "Uid:\t0\n");
}

TEST(Status, TakesAnyText)
{
    EXPECT_EQ(status(""), "");
    EXPECT_EQ(status("\n\nVm"), "\n\nVm");
    EXPECT_EQ(status("Threads"), "Threads");
    EXPECT_EQ(status("NameX:\ty\nNStgid:\t5"), "NameX:\ty\nNStgid:\t5");
}

TEST(Stat, ReplacesFieldsByNumber)
{
    std::string linux_text = "42 (proxy) S";
    for (int field = 4; field <= 52; field++)
        linux_text += " -" + std::to_string(field);
    std::vector<std::string> found = words(edited(write_stat, linux_text + "\n"));
    ASSERT_EQ(found.size(), 54u) << "two blanks in the name";
    found.erase(found.begin() + 1, found.begin() + 3);
    auto field = [&](std::size_t number) { return found[number - 1]; };
    EXPECT_EQ(field(1), "42");
    EXPECT_EQ(field(2), "y)");
    EXPECT_EQ(field(3), "R");
    EXPECT_EQ(field(4), "-4") << "the parent is Linux's";
    EXPECT_EQ(field(10), "0");
    EXPECT_EQ(field(14), "777");
    EXPECT_EQ(field(20), "3");
    EXPECT_EQ(field(22), "-22");
    EXPECT_EQ(field(23), "67108864");
    EXPECT_EQ(field(24), "16384");
    EXPECT_EQ(field(26), "8392704");
    EXPECT_EQ(field(28), std::to_string(0x20000000000 + (8 << 20)));
    EXPECT_EQ(field(34), "2") << "no more signals than there is room for";
    EXPECT_EQ(field(39), "2");
    EXPECT_EQ(field(52), "-52");
}

TEST(Stat, BracketsMayBeInAName)
{
    EXPECT_EQ(edited(write_stat, "7 (a) b) c) S 1\n"), "7 (app (x) y) R 1\n");
    EXPECT_EQ(edited(write_stat, "7 (a) S"), "7 (app (x) y) R\n");
    EXPECT_EQ(edited(write_stat, "nonsense"), "nonsense(app (x) y)\n");
    EXPECT_EQ(edited(write_stat, "( 1 2 3"), "(app (x) y)\n");
    EXPECT_EQ(edited(write_stat, ""), "(app (x) y)\n");
}

TEST(Statm, CountsPages)
{
    Text text;
    write_statm(text, figures());
    EXPECT_EQ(std::string(text.begin(), text.size()), "16384 16384 0 16 0 16368 0\n");
}

TEST(Map, LooksLikeLinuxs)
{
    Text text;
    write_map(text, {0x561cb2416000, 0x561cb2418000, 0x2000, 247498, 5, false, 0xfe, 0, "/usr/bin/head"});
    write_map(text, {0x800000, 0x801000, 0, 0, 3, true, 0, 0, ""});
    write_map(text, {0x1000, 0x2000, 0, 0, 0, false, 0, 0, "[heap]"});
    EXPECT_EQ(std::string(text.begin(), text.size()),
              "561cb2416000-561cb2418000 r-xp 00002000 fe:00 247498                     /usr/bin/head\n"
              "00800000-00801000 rw-s 00000000 00:00 0 \n"
              "00001000-00002000 ---p 00000000 00:00 0                                  [heap]\n");
}

TEST(Map, ALongNameIsWhole)
{
    std::string name = "/" + std::string(1000, 'n');
    Text text;
    write_map(text, {0x1000, 0x2000, 0, 0, 4, false, 0, 0, name.c_str()});
    std::string line(text.begin(), text.size());
    EXPECT_EQ(line.substr(73), name + "\n");
}
