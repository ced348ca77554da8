// SPDX-License-Identifier: MIT
// Forwarded calls of many threads, on a proxy that takes now less, now more time than they look for their answer.
#include "host_isle.hpp"

#include <kernel/forward.h>

#include <gtest/gtest.h>

using namespace skl;

namespace {

constexpr std::uint64_t poll_ticks = 20'000; // forward.cpp: 20 microseconds

// The answers that are not those to the calls made.
std::uint64_t call_and_check(std::uint64_t thread, std::uint64_t rounds)
{
    std::uint64_t wrong = 0;
    for (std::uint64_t round = 0; round < rounds; round++) {
        std::uint64_t argument[6]{thread << 32 | round, (thread + round) % 4 * poll_ticks * 2 / 3};
        wrong += skl_forward(1, argument) != static_cast<std::int64_t>(argument[0]);
    }
    return wrong;
}

TEST(ForwardThreaded, EachCallIsAnsweredOnce)
{
    constexpr std::uint64_t threads = 8, rounds = 150;
    HostIsle::get();
    HostIsle::Proxy proxy;
    Count wrong;
    {
        Crew crew;
        for (std::uint64_t i = 0; i < threads; i++)
            crew.add([&, i] { wrong += call_and_check(i, rounds); });
    }
    EXPECT_EQ(wrong, 0u);
}

// The proxy kicks the CPU whose ring has named the slot; the thread must sleep there.
TEST(ForwardThreaded, ThreadsThatAreSentElsewhereMeanwhileAreAnsweredToo)
{
    constexpr std::uint64_t threads = 6, rounds = 600;
    HostIsle::get();
    HostIsle::Proxy proxy;
    Count wrong, over;
    Crew crew;
    for (std::uint64_t i = 0; i < threads; i++)
        crew.add([&, i] {
            wrong += call_and_check(i, rounds);
            ++over;
        });
    for (std::uint32_t order = 0; over < threads; order++) {
        std::uint64_t mask[SKL_CPU_WORDS]{std::uint64_t{1} << order * 5 / 3 % HostIsle::cpus};
        skl_thread_set_cpus(crew[order % threads], mask);
        if (order % 16 == 0)
            HostIsle::give_way();
    }
    crew.join();
    EXPECT_EQ(wrong, 0u);
}

}
