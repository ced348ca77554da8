// SPDX-License-Identifier: MIT
// Threads of several CPUs that begin, end, move, give way and sleep. That none runs on two CPUs is seen by arch_host/fibers.cpp.
#include "host_isle.hpp"

#include <kernel/clock.h>

#include <gtest/gtest.h>

using namespace skl;

namespace {

constexpr std::uint64_t microsecond = 1000;

std::uint64_t now()
{
    return skl_clock_monotonic();
}

struct Mask {
    std::uint64_t word[SKL_CPU_WORDS]{};
    explicit Mask(std::uint32_t cpu) { word[0] = std::uint64_t{1} << cpu; }
};

TEST(SchedulerThreaded, ManyMakeThreadsAndEachRunsOnce)
{
    constexpr int makers = 6, rounds = 25, at_once = 6;
    Count ran;
    int plain[makers]{};
    {
        Crew crew;
        for (int i = 0; i < makers; i++)
            crew.add([&, i] {
                for (int round = 0; round < rounds; round++) {
                    Crew inner;
                    for (int thread = 0; thread < at_once; thread++)
                        inner.add([&] { ++ran; });
                    inner.add([&, i] { plain[i]++; }); // ordered by the join
                }
            });
    }
    EXPECT_EQ(ran, makers * rounds * at_once);
    for (int count : plain)
        EXPECT_EQ(count, rounds);
}

void detach_one(Count& ended)
{
    skl_thread_plan plan = plan_for(nullptr);
    skl_thread* thread;
    while (skl_thread_create(&plan, &thread) != 0) // too many for now
        HostIsle::give_way();
    skl_thread_launch(thread, [](void* argument) {
        ++*static_cast<Count*>(argument);
        skl_thread_exit();
    }, &ended);
    skl_thread_detach(thread);
}

TEST(SchedulerThreaded, DetachedThreadsGiveTheirNumbersBack)
{
    constexpr int makers = 3, each = 500; // more than there are numbers
    static Count ended;
    ended = 0;
    {
        Crew crew;
        for (int i = 0; i < makers; i++)
            crew.add([] {
                for (int thread = 0; thread < each; thread++)
                    detach_one(ended);
            });
    }
    while (ended < makers * each)
        HostIsle::give_way();
    EXPECT_EQ(ended, makers * each);
}

TEST(SchedulerThreaded, AThousandThreadsWaitAtOnceAndAllGoOn)
{
    constexpr std::uint32_t threads = 1000;
    std::uint32_t word = 0;
    Count begun, over;
    Crew crew;
    for (std::uint32_t i = 0; i < threads; i++)
        crew.add([&] {
            ++begun;
            while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
                skl_futex_wait(&word, 0, UINT64_MAX);
            ++over;
        });
    while (begun < threads)
        HostIsle::give_way();
    __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
    skl_futex_wake(&word, UINT32_MAX);
    crew.join();
    EXPECT_EQ(over, threads);
}

TEST(SchedulerThreaded, ThreadsAreWhereTheyWantToBe)
{
    constexpr std::uint32_t threads = 8, rounds = 300;
    Count wrong;
    std::uint64_t plain[threads]{}; // follows its thread from CPU to CPU
    {
        Crew crew;
        for (std::uint32_t i = 0; i < threads; i++)
            crew.add([&, i] {
                for (std::uint32_t round = 0; round < rounds; round++) {
                    std::uint32_t cpu = (i + round * (i % 3 + 1)) % HostIsle::cpus;
                    skl_thread_set_cpus(skl_thread_self(), Mask(cpu).word);
                    wrong += skl_thread_cpu() != cpu;
                    plain[i]++;
                }
            });
    }
    EXPECT_EQ(wrong, 0u);
    for (std::uint64_t count : plain)
        EXPECT_EQ(count, rounds);
}

TEST(SchedulerThreaded, ThreadsGoWhereOthersSendThem)
{
    constexpr std::uint32_t threads = 6, orders = 500;
    Count over;
    Count seen[threads]; // the last CPU of each
    Crew crew;
    for (std::uint32_t i = 0; i < threads; i++)
        crew.add([&, i] {
            for (std::uint32_t word = 0; !over;) {
                seen[i] = skl_thread_cpu();
                if (i % 3 == 0)
                    HostIsle::give_way();
                else if (i % 3 == 1)
                    HostIsle::let_upcall_in();
                else
                    skl_futex_wait(&word, 0, now() + 20 * microsecond);
            }
        });
    for (std::uint32_t order = 0; order < orders; order++) {
        skl_thread_set_cpus(crew[order % threads], Mask(order * 5 / 3 % HostIsle::cpus).word);
        if (order % 4 == 0)
            HostIsle::give_way();
    }
    for (std::uint32_t i = 0; i < threads; i++) {
        skl_thread_set_cpus(crew[i], Mask(i % HostIsle::cpus).word);
        while (seen[i] != i % HostIsle::cpus) // or this does not end
            HostIsle::give_way();
    }
    over = 1;
}

TEST(SchedulerThreaded, SleepersWakeAndNotBeforeTheirTime)
{
    constexpr int threads = 10, rounds = 80;
    Count early, woken;
    {
        Crew crew;
        for (int i = 0; i < threads; i++)
            crew.add([&, i] {
                for (int round = 0; round < rounds; round++) {
                    std::uint64_t deadline = now() + static_cast<std::uint64_t>((5 * i + round) % 13) * 40 * microsecond;
                    skl_sleep_until(deadline);
                    early += now() < deadline;
                    ++woken;
                }
            });
    }
    EXPECT_EQ(early, 0);
    EXPECT_EQ(woken, threads * rounds);
}

TEST(SchedulerThreaded, ASleeperWakesWhileAnotherThreadKeepsItsCpu)
{
    constexpr std::uint32_t crowded = 3;
    Count over;
    Crew crew;
    crew.add([&] {
        skl_sleep_until(now() + 2000 * microsecond);
        ++over;
    }, crowded);
    crew.add([&] {
        while (!over) // does not give way, nobody else is ready
            HostIsle::let_upcall_in();
    }, crowded);
    crew.join();
    EXPECT_EQ(over, 1u);
}

TEST(SchedulerThreaded, ATurnEndsByTimerWhileOthersWait)
{
    constexpr std::uint32_t threads = 3, crowded = 2;
    Count begun;
    Crew crew;
    for (std::uint32_t i = 0; i < threads; i++)
        crew.add([&] {
            ++begun;
            while (begun < threads) // no one gives way, all on one CPU
                HostIsle::let_upcall_in();
        }, crowded);
    crew.join();
    EXPECT_EQ(begun, threads);
}

TEST(SchedulerThreaded, AnInterruptEndsAWaitOnceAndIsNeverLost)
{
    constexpr std::uint32_t threads = 4, rounds = 20000;
    constexpr std::uint64_t enough = 3'000'000 * microsecond; // of a busy machine's time
    std::uint32_t word = 0;
    Count interrupted[threads], over, ended;
    Crew crew;
    for (std::uint32_t i = 0; i < threads; i++)
        crew.add([&, i] {
            while (!over)
                if (skl_futex_wait(&word, 0, UINT64_MAX) == SKL_FUTEX_INTERRUPTED)
                    ++interrupted[i];
            ++ended;
        }, (i + 1) % HostIsle::cpus);
    std::uint64_t begun = now();
    for (std::uint32_t round = 0; round < rounds && now() - begun < enough; round++)
        for (std::uint32_t i = 0; i < threads; i++)
            while (interrupted[i] <= round) // one that it does not wait for leaves no trace
                skl_thread_interrupt(crew[i]), HostIsle::give_way();
    over = 1;
    while (ended < threads) {
        for (std::uint32_t i = 0; i < threads; i++)
            skl_thread_interrupt(crew[i]);
        HostIsle::give_way();
    }
}

TEST(SchedulerThreaded, JoinGivesUpAtItsDeadline)
{
    std::uint32_t word = 0;
    Crew crew;
    crew.add([&] {
        while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
            skl_futex_wait(&word, 0, UINT64_MAX);
    });
    for (int i = 0; i < 20; i++)
        EXPECT_EQ(skl_thread_join(crew[0], now() + 100 * microsecond), SKL_FUTEX_TIMEOUT);
    __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
    skl_futex_wake(&word, 1);
}

TEST(SchedulerThreaded, CpusReallySleepAndAreKicked)
{
    HostIsle& isle = HostIsle::get();
    std::uint64_t sleeps = isle.sleeps, kicks = isle.kicks;
    std::uint32_t word = 0;
    Crew crew;
    crew.add([&] {
        for (std::uint32_t seen; (seen = __atomic_load_n(&word, __ATOMIC_ACQUIRE)) < 20;)
            skl_futex_wait(&word, seen, UINT64_MAX);
    }, 3);
    for (std::uint32_t i = 0; i < 20; i++) {
        skl_sleep_until(now() + 500 * microsecond); // longer than a CPU looks for work
        __atomic_add_fetch(&word, 1, __ATOMIC_RELEASE);
        skl_futex_wake(&word, 1);
    }
    crew.join();
    EXPECT_GT(isle.sleeps, sleeps);
    EXPECT_GT(isle.kicks, kicks);
}

}
