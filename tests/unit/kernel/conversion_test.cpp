// SPDX-License-Identifier: MIT
// Clock arithmetic at its edges, and a clock page that changes while it is read.
#include "clock/clock.hpp"

#include <gtest/gtest.h>

namespace {

using skl::instant_at;
using skl::nanoseconds_of;
using skl::ticks_of;

std::uint64_t now;
std::uint64_t ticks() { return now; }

skl_clock page_at(std::uint64_t base, std::uint64_t multiplier)
{
    return {.sequence = 4, .reserved = 0, .tsc_base = base, .monotonic_ns = 1000, .realtime_ns = 5000, .multiplier = multiplier};
}

TEST(Conversion, TicksAreRoundedUpSoThatNoDeadlineComesEarly)
{
    EXPECT_EQ(ticks_of(0, 2'500'000), 0u);
    EXPECT_EQ(ticks_of(1, 2'500'000), 3u); // 2.5
    EXPECT_EQ(ticks_of(2, 2'500'000), 5u);
    EXPECT_EQ(ticks_of(1'000'000, 2'500'000), 2'500'000u);
    EXPECT_EQ(ticks_of(1'000'001, 2'500'000), 2'500'003u);
    EXPECT_EQ(ticks_of(1, 1), 1u);
}

TEST(Conversion, TicksOfAWholeUptimeDoNotOverflow)
{
    constexpr std::uint64_t year = 365ULL * 24 * 3600 * 1'000'000'000;
    EXPECT_EQ(ticks_of(100 * year, 3'000'000), 100 * year * 3);
    EXPECT_EQ(ticks_of(UINT64_MAX, 3'000'000), UINT64_MAX);
    EXPECT_EQ(ticks_of(UINT64_MAX, UINT64_MAX), UINT64_MAX);
}

TEST(Conversion, NanosecondsOfAWholeUptimeDoNotOverflow)
{
    EXPECT_EQ(nanoseconds_of(2'500'000, 2'500'000), 1'000'000u);
    EXPECT_EQ(nanoseconds_of(2'500'003, 2'500'000), 1'000'001u);
    EXPECT_EQ(nanoseconds_of(3'000'000ULL * 1000 * 3600 * 24 * 3650, 3'000'000), 1'000'000'000ULL * 3600 * 24 * 3650);
}

TEST(Conversion, InstantIsTheBaseAndWhatHasPassed)
{
    skl_clock page = page_at(100, 1ULL << 31); // half a nanosecond per tick
    now = 300;
    EXPECT_EQ(instant_at(page, ticks).monotonic, 1100u);
    EXPECT_EQ(instant_at(page, ticks).realtime, 5100u);
}

TEST(Conversion, InstantOfACpuWhoseTscIsBehindIsTheBase)
{
    skl_clock page = page_at(1000, 1ULL << 32);
    now = 990;
    EXPECT_EQ(instant_at(page, ticks).monotonic, 1000u);
    EXPECT_EQ(instant_at(page, ticks).realtime, 5000u);
}

TEST(Conversion, InstantLongAfterTheBaseDoesNotOverflow)
{
    skl_clock page = page_at(0, 1ULL << 32);
    now = 1ULL << 60;
    EXPECT_EQ(instant_at(page, ticks).monotonic, (1ULL << 60) + 1000);
}

skl_clock changing;
int looks;

std::uint64_t ticks_while_written()
{
    if (++looks == 1)
        changing.sequence = 5; // a writer has begun
    if (looks == 3) {
        changing.monotonic_ns = 7000;
        changing.sequence = 6;
    }
    return changing.tsc_base;
}

TEST(Conversion, AClockPageThatIsBeingWrittenIsReadAgain)
{
    changing = page_at(100, 1);
    looks = 0;
    EXPECT_EQ(instant_at(changing, ticks_while_written).monotonic, 7000u);
    EXPECT_EQ(looks, 4);
}

} // namespace
