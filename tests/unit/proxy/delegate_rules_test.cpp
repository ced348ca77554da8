// SPDX-License-Identifier: MIT
// Rules of the delegate table on rows of the test's own, and where exactly a range ends.
#include "delegate/invocation.hpp"
#include "delegate/table.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace skl {
namespace {

using namespace row;

// Linux must not be reached: the handler says that it was.
std::int64_t reached(Invocation&)
{
    return 4711;
}

struct DelegateRules : testing::Test {
    std::int64_t execute(const Call& call, std::uint64_t first, std::uint64_t second = 0)
    {
        return Invocation(context, call, {first, second, 0, 0, 0, 0}).execute();
    }

    Ranges ranges;
    Dispositions dispositions;
    Context context{ranges, dispositions};
};

TEST_F(DelegateRules, ACallThatPinsPagesIsRefusedWhateverItsArguments)
{
    Call call{1, "pinning", {value}, reached, false, true};
    EXPECT_EQ(execute(call, 0), -EOPNOTSUPP);
    call.pins = false;
    EXPECT_EQ(execute(call, 0), 4711);
}

TEST_F(DelegateRules, ABufferMayFillItsRangeButNotOneByteMore)
{
    ranges.add(0x10000, 0x1000);
    const Call call{1, "reading", {in(1), value}, reached};
    EXPECT_EQ(execute(call, 0x10000, 0x1000), 4711);
    EXPECT_EQ(execute(call, 0x10000, 0x1001), -EFAULT);
    EXPECT_EQ(execute(call, 0x10fff, 1), 4711);
    EXPECT_EQ(execute(call, 0x10fff, 2), -EFAULT);
    EXPECT_EQ(execute(call, 0x11000, 1), -EFAULT);
    EXPECT_EQ(execute(call, 0xffff, 1), -EFAULT);
}

TEST_F(DelegateRules, LengthsAreMultipliedWithoutOverflow)
{
    ranges.add(0x10000, 0x1000);
    const Call call{1, "array", {in_out(1, 16), value}, reached};
    EXPECT_EQ(execute(call, 0x10000, 0x100), 4711);
    EXPECT_EQ(execute(call, 0x10000, 0x101), -EFAULT);
    EXPECT_EQ(execute(call, 0x10000, (1ULL << 60) + 1), -EFAULT);
    EXPECT_EQ(execute(call, 0x10000, ~0ULL), -EFAULT);
}

TEST_F(DelegateRules, ArgumentsThatARowDoesNotNameDoNotReachLinux)
{
    const Call call{1, "one argument", {value}, [](Invocation& invocation) -> std::int64_t {
                        return static_cast<std::int64_t>(invocation.argument(0) * 10 + invocation.argument(1));
                    }};
    EXPECT_EQ(execute(call, 4, 7), 40);
}

TEST_F(DelegateRules, NumbersEndWithTheTable)
{
    for (std::uint32_t number : {511u, 512u, 513u, 1000u, 0x80000000u, 0xffffffffu})
        EXPECT_EQ(find_call(number), nullptr) << number;
}

}
}
