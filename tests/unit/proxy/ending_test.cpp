// SPDX-License-Identifier: MIT
// What the shell sees for each way an isle can end.
#include "base/failure.hpp"
#include "report/ending.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace skl {
namespace {

skl_record record(std::uint32_t kind, std::int32_t status = 0, std::uint32_t vector = 0)
{
    skl_record record{};
    record.kind = kind;
    record.status = status;
    record.vector = vector;
    return record;
}

TEST(Ending, ExitStatusIsItsLowByte)
{
    EXPECT_EQ(ending_of(record(SKL_RECORD_EXIT, 3)).status, 3);
    EXPECT_EQ(ending_of(record(SKL_RECORD_EXIT, -1)).status, 255);
    EXPECT_EQ(ending_of(record(SKL_RECORD_EXIT, 256)).status, 0);
    EXPECT_EQ(ending_of(record(SKL_RECORD_EXIT, 3)).signal, 0);
}

TEST(Ending, ExceptionsBecomeLinuxSignals)
{
    const std::pair<std::uint32_t, int> expected[] = {{0, SIGFPE}, {1, SIGTRAP}, {3, SIGTRAP}, {6, SIGILL}, {13, SIGSEGV},
                                                      {14, SIGSEGV}, {16, SIGFPE}, {17, SIGBUS}, {19, SIGFPE}};
    for (auto [vector, signal] : expected) {
        Ending ending = ending_of(record(SKL_RECORD_EXCEPTION, 0, vector));
        EXPECT_EQ(ending.signal, signal) << vector;
        EXPECT_TRUE(ending.report);
        EXPECT_FALSE(ending.cause.empty());
    }
}

TEST(Ending, PageFaultsAreToldInWords)
{
    skl_record fault = record(SKL_RECORD_EXCEPTION, 0, 14);
    fault.error = 0x6;
    EXPECT_NE(ending_of(fault).cause.find("writing address 0x0 (a null pointer?)"), std::string::npos);
    fault.address = 0x123456789;
    fault.error = 0x15;
    EXPECT_NE(ending_of(fault).cause.find("executing address 0x123456789, not allowed"), std::string::npos);
}

TEST(Ending, PanicDiesOfItsSignal)
{
    EXPECT_EQ(ending_of(record(SKL_RECORD_PANIC, SIGABRT)).signal, SIGABRT);
    EXPECT_TRUE(ending_of(record(SKL_RECORD_PANIC, SIGABRT)).report);
    EXPECT_FALSE(ending_of(record(SKL_RECORD_PANIC, SIGTERM)).report);
    EXPECT_EQ(ending_of(record(SKL_RECORD_PANIC, 4711)).signal, SIGABRT);
    EXPECT_EQ(ending_of(record(SKL_RECORD_PANIC, -1)).signal, SIGABRT);
}

TEST(Ending, FailuresOfOursAre125)
{
    EXPECT_EQ(ending_of(record(SKL_RECORD_MONITOR)).status, exit_launcher_failed);
    EXPECT_EQ(ending_of(record(SKL_RECORD_REFUSED)).status, exit_launcher_failed);
    EXPECT_EQ(ending_of(record(77)).status, exit_launcher_failed);
}

// A hostile record must not index outside the table of exceptions.
TEST(Ending, SurvivesAnyVector)
{
    EXPECT_NE(ending_of(record(SKL_RECORD_EXCEPTION, 0, ~0u)).signal, 0);
}

}
}
