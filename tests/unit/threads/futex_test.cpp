// SPDX-License-Identifier: MIT
// The futex under threads on several CPUs: every wake-up arrives, each is counted once, and what locks made of it guard is guarded.
#include "futex_locks.hpp"
#include "host_isle.hpp"

#include <kernel/clock.h>

#include <gtest/gtest.h>

#include <deque>
#include <numeric>
#include <vector>

using namespace skl;

namespace {

constexpr std::uint64_t microsecond = 1000;

void hesitate()
{
    for (std::uint64_t until = machine::ticks() + 50 * microsecond; machine::ticks() < until;)
        ::sched_yield();
}

TEST(FutexThreaded, ALockMadeOfItGuardsPlainData)
{
    constexpr int threads = 12, rounds = 500;
    FutexLock lock;
    int plain = 0;
    {
        Crew crew;
        for (int i = 0; i < threads; i++)
            crew.add([&] {
                for (int round = 0; round < rounds; round++) {
                    lock.lock();
                    int before = plain;
                    if (round % 8 == 0)
                        HostIsle::give_way(); // others find it taken
                    plain = before + 1;
                    lock.unlock();
                    HostIsle::let_upcall_in();
                }
            });
    }
    EXPECT_EQ(plain, threads * rounds);
}

TEST(FutexThreaded, EachWakeUpArrives)
{
    constexpr std::uint32_t rounds = 1000, pairs = 4;
    struct alignas(64) Ball {
        std::uint32_t word = 0;
        std::uint64_t plain = 0; // handed to and fro
    } balls[pairs];
    {
        Crew crew;
        for (std::uint32_t i = 0; i < 2 * pairs; i++)
            crew.add([&balls, i] {
                Ball& ball = balls[i / 2];
                for (std::uint32_t turn = i % 2; turn < 2 * rounds; turn += 2) {
                    std::uint32_t seen;
                    while ((seen = __atomic_load_n(&ball.word, __ATOMIC_ACQUIRE)) != turn) {
                        if (turn % 64 < 2)
                            hesitate(); // the other one gets ahead between look and wait
                        skl_futex_wait(&ball.word, seen, UINT64_MAX);
                    }
                    ball.plain++;
                    __atomic_store_n(&ball.word, turn + 1, __ATOMIC_RELEASE);
                    skl_futex_wake(&ball.word, 1);
                }
            }, (i / 2 + i % 2) % HostIsle::cpus);
    }
    for (Ball& ball : balls)
        EXPECT_EQ(ball.plain, 2 * rounds);
}

TEST(FutexThreaded, WhoIsWokenIsCountedOnceHoweverTimeOutsRace)
{
    constexpr int threads = 8, rounds = 400;
    std::uint32_t word = 0;
    Count woken, timed_out, counted, running{threads};
    {
        Crew crew;
        for (int i = 0; i < threads; i++)
            crew.add([&, i] {
                for (int round = 0; round < rounds; round++) {
                    std::uint64_t patience = static_cast<std::uint64_t>((i * 7 + round) % 40) * 5 * microsecond;
                    auto answer = skl_futex_wait(&word, 0, skl_clock_monotonic() + patience);
                    ++(answer == SKL_FUTEX_WOKEN ? woken : timed_out);
                    HostIsle::let_upcall_in();
                }
                --running;
            });
        for (std::uint32_t count = 1; running > 0; count = count % 3 + 1) {
            counted += skl_futex_wake(&word, count);
            HostIsle::give_way();
        }
    }
    EXPECT_EQ(counted, woken);
    EXPECT_EQ(woken + timed_out, std::uint64_t{threads} * rounds);
    EXPECT_GT(timed_out, 0u);
}

TEST(FutexThreaded, ATimeOutIsNeverEarly)
{
    constexpr int threads = 6, rounds = 100;
    Count early;
    {
        Crew crew;
        for (int i = 0; i < threads; i++)
            crew.add([&, i] {
                std::uint32_t own = 0;
                for (int round = 0; round < rounds; round++) {
                    std::uint64_t deadline = skl_clock_monotonic() + static_cast<std::uint64_t>((i + 3 * round) % 11) * 50 * microsecond;
                    if (skl_futex_wait(&own, 0, deadline) != SKL_FUTEX_TIMEOUT || skl_clock_monotonic() + microsecond < deadline)
                        ++early;
                }
            });
    }
    EXPECT_EQ(early, 0);
}

TEST(FutexThreaded, WakesAsManyAsAskedTheLongestWaitingFirst)
{
    constexpr std::uint32_t threads = 8;
    std::uint32_t word = 0;
    Count about[threads], returned[threads];
    Crew crew;
    for (std::uint32_t i = 0; i < threads; i++) {
        crew.add([&, i] {
            about[i] = 1; // and in the queue before the next thread of this CPU runs
            skl_futex_wait(&word, 0, UINT64_MAX);
            returned[i] = 1;
        }, 1);
        while (!about[i])
            HostIsle::give_way();
    }
    auto wait_for = [&](std::uint32_t count) {
        while (std::accumulate(returned, returned + threads, std::uint64_t{0}) < count)
            HostIsle::give_way();
        EXPECT_EQ(std::accumulate(returned, returned + count, std::uint64_t{0}), count) << "others than the first " << count;
    };
    EXPECT_EQ(skl_futex_wake(&word, 3), 3u);
    wait_for(3);
    // One by one: threads woken together run in any order, for on a slow machine the turn of one ends as its wait returns.
    for (std::uint32_t count = 4; count <= threads; count++) {
        while (skl_futex_wake(&word, 1) == 0) // the last may still be on its way into the queue
            HostIsle::give_way();
        wait_for(count);
    }
    crew.join();
}

TEST(FutexThreaded, AQueueOfConditionsLosesNothing)
{
    constexpr int makers = 4, takers = 4, each = 400;
    FutexLock lock;
    FutexCondition filled, emptied;
    std::deque<int> queue; // guarded by lock
    std::uint64_t sum = 0;
    int left = makers * each;
    {
        Crew crew;
        for (int i = 0; i < makers; i++)
            crew.add([&] {
                for (int value = 1; value <= each; value++) {
                    lock.lock();
                    while (queue.size() >= 3)
                        emptied.wait(lock);
                    queue.push_back(value);
                    lock.unlock();
                    filled.wake(1);
                }
            });
        for (int i = 0; i < takers; i++)
            crew.add([&] {
                for (;;) {
                    lock.lock();
                    while (queue.empty() && left > 0)
                        filled.wait(lock);
                    if (left == 0)
                        break;
                    sum += static_cast<std::uint64_t>(queue.front());
                    queue.pop_front();
                    bool last = --left == 0;
                    lock.unlock();
                    emptied.wake(1);
                    if (last)
                        filled.wake(UINT32_MAX);
                }
                lock.unlock();
            });
    }
    EXPECT_EQ(sum, std::uint64_t{makers} * each * (each + 1) / 2);
}

}
