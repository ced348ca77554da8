// SPDX-License-Identifier: MIT
// The HERMIT_* variables, understood or refused by name; and which program is meant by a command line.
#include "base/failure.hpp"
#include "run/program.hpp"
#include "run/settings.hpp"

#include <gtest/gtest.h>

#include <map>

namespace skl {
namespace {

Settings settings(const std::map<std::string, std::string>& variables)
{
    return settings_from([&](const char* name) -> std::optional<std::string> {
        auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(Settings, AreMetalFirstWithoutVariables)
{
    Settings plain = settings({});
    EXPECT_EQ(plain.engine, Engine::automatic);
    EXPECT_EQ(plain.request.cpu_count, 1u);
    EXPECT_EQ(plain.request.memory, 0u);
    EXPECT_TRUE(plain.qemu.kvm);
    EXPECT_FALSE(plain.verbose);
}

TEST(Settings, IsleIsANodeOrQemu)
{
    EXPECT_EQ(settings({{"HERMIT_ISLE", "qemu"}}).engine, Engine::qemu);
    Settings node = settings({{"HERMIT_ISLE", "1"}});
    EXPECT_EQ(node.engine, Engine::metal);
    EXPECT_EQ(node.request.node, 1u);
}

TEST(Settings, CpusAreACountOrAList)
{
    EXPECT_EQ(settings({{"HERMIT_CPUS", "4"}}).request.cpu_count, 4u);
    EXPECT_TRUE(settings({{"HERMIT_CPUS", "4"}}).request.cpu_list.empty());
    EXPECT_EQ(settings({{"HERMIT_CPUS", "3-5"}}).request.cpu_list, (std::vector<unsigned>{3, 4, 5}));
    EXPECT_EQ(settings({{"HERMIT_CPUS", "3-5"}}).request.cpu_count, 3u);
}

TEST(Settings, QemuVariablesKeepHermitCoresMeaning)
{
    Settings all = settings({{"HERMIT_KVM", "0"}, {"HERMIT_QEMU", "/opt/qemu"}, {"HERMIT_DEBUG", "1"}, {"HERMIT_MACHINE", "q35"},
                             {"HERMIT_MEM", "6G"}, {"HERMIT_VERBOSE", "1"}});
    EXPECT_FALSE(all.qemu.kvm);
    EXPECT_EQ(all.qemu.program, "/opt/qemu");
    EXPECT_TRUE(all.qemu.debug);
    EXPECT_EQ(all.qemu.machine, "q35");
    EXPECT_EQ(all.request.memory, 6ULL << 30);
    EXPECT_TRUE(all.verbose);
    EXPECT_FALSE(settings({{"HERMIT_VERBOSE", "0"}}).verbose);
    EXPECT_EQ(all.qemu.debug_port, 1234u);
    EXPECT_EQ(settings({{"HERMIT_GDB_PORT", "0"}}).qemu.debug_port, 0u);
}

TEST(Settings, RefuseBadValuesByName)
{
    const std::pair<const char*, const char*> bad[] = {
        {"HERMIT_ISLE", "uhyve"}, {"HERMIT_ISLE", "-1"}, {"HERMIT_CPUS", "many"}, {"HERMIT_CPUS", "0"}, {"HERMIT_CPUS", "5-3"},
        {"HERMIT_CPUS", "257"},   {"HERMIT_MEM", "lots"}, {"HERMIT_MEM", "1K"},   {"HERMIT_MEM", "16T"}, {"HERMIT_MACHINE", "pc"},
        {"HERMIT_GDB_PORT", "70000"},
    };
    for (auto [name, value] : bad) {
        try {
            settings({{name, value}});
            ADD_FAILURE() << name << "=" << value;
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.status(), exit_launcher_failed);
            EXPECT_EQ(failure.cause().rfind(name, 0), 0u);
            EXPECT_FALSE(failure.hint().empty());
        }
    }
}

TEST(Program, IsTheFirstArgument)
{
    Program program = program_from({"proxy", "./hello", "world"}, false);
    EXPECT_EQ(program.path, "./hello");
    EXPECT_EQ(program.arguments, (std::vector<std::string>{"./hello", "world"}));
}

TEST(Program, KeepsItsNameWhenBinfmtPreservesIt)
{
    Program program = program_from({"/opt/hermit/bin/proxy", "/home/x/hello", "hello", "world"}, true);
    EXPECT_EQ(program.path, "/home/x/hello");
    EXPECT_EQ(program.arguments, (std::vector<std::string>{"hello", "world"}));
}

TEST(Program, MustBeGiven)
{
    EXPECT_THROW(program_from({"proxy"}, false), Failure);
}

}
}
