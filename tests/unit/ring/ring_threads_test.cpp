// SPDX-License-Identifier: MIT
// Isle and proxy as threads of one process: every call answered once, to its caller. ThreadSanitizer checks the orders.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <skellig/public.h>
#include <skellig/ring_ops.h>
#include <thread>
#include <vector>

namespace {

constexpr std::uint32_t cpus = 2, threads_per_cpu = 8, calls = 2000;

struct Enclave {
    skl_ring ring[cpus]{};
    skl_slot slots[SKL_SLOTS]{};
    std::atomic<bool> ended{false};
};

std::int64_t answer_to(std::uint32_t number, std::uint64_t argument) { return static_cast<std::int64_t>(number * 1000003 + argument); }

// Requests and results are read and written plainly: a lost order is a data race in ThreadSanitizer's eyes.
void run_cpu(Enclave& enclave, std::uint32_t cpu)
{
    std::uint32_t done[threads_per_cpu]{};
    std::uint32_t finished = 0;
    auto submit = [&](std::uint32_t thread) {
        skl_slot& slot = enclave.slots[cpu * threads_per_cpu + thread];
        slot.number = thread;
        for (int i = 0; i < 6; ++i)
            slot.argument[i] = done[thread];
        skl_ring_push(&enclave.ring[cpu], enclave.slots, cpu * threads_per_cpu + thread);
    };
    for (std::uint32_t thread = 0; thread < threads_per_cpu; ++thread)
        submit(thread);
    while (finished < threads_per_cpu) {
        for (std::uint32_t thread = 0; thread < threads_per_cpu; ++thread) {
            skl_slot& slot = enclave.slots[cpu * threads_per_cpu + thread];
            if (!skl_slot_done(&slot))
                continue;
            EXPECT_EQ(slot.result, answer_to(thread, done[thread]));
            __atomic_store_n(&slot.state, SKL_SLOT_FREE, __ATOMIC_RELAXED);
            if (++done[thread] == calls)
                ++finished;
            else
                submit(thread);
        }
        std::this_thread::yield();
    }
}

void serve(Enclave& enclave, std::uint32_t slot)
{
    skl_slot request{};
    EXPECT_TRUE(skl_slot_take(&enclave.slots[slot], &request));
    EXPECT_EQ(request.argument[5], request.argument[0]);
    skl_slot_complete(&enclave.slots[slot], answer_to(request.number, request.argument[0]));
}

void run_proxy(Enclave& enclave)
{
    std::uint32_t head[cpus]{};
    while (!enclave.ended) {
        for (std::uint32_t cpu = 0; cpu < cpus; ++cpu) {
            std::int32_t slot = skl_ring_pop(&enclave.ring[cpu], &head[cpu]);
            ASSERT_NE(slot, -2);
            if (slot >= 0)
                serve(enclave, static_cast<std::uint32_t>(slot));
        }
        std::this_thread::yield();
    }
}

TEST(RingThreads, EveryCallIsAnsweredOnceToItsCaller)
{
    auto enclave = std::make_unique<Enclave>();
    std::thread proxy([&] { run_proxy(*enclave); });
    std::vector<std::thread> isle;
    for (std::uint32_t cpu = 0; cpu < cpus; ++cpu)
        isle.emplace_back([&, cpu] { run_cpu(*enclave, cpu); });
    for (std::thread& cpu : isle)
        cpu.join();
    enclave->ended = true;
    proxy.join();
}

// Two standbys of the proxy go for the same slot.
TEST(RingThreads, OneOfManyTakersWins)
{
    constexpr int rounds = 2000, takers = 3;
    skl_slot slot{};
    std::atomic<int> round{0}, waiting{0}, wins{0};
    std::vector<std::thread> workers;
    for (int taker = 0; taker < takers; ++taker)
        workers.emplace_back([&] {
            for (int at = 1; at <= rounds; ++at) {
                while (round.load() < at)
                    std::this_thread::yield();
                skl_slot copy{};
                wins += skl_slot_take(&slot, &copy);
                ++waiting;
            }
        });
    for (int at = 1; at <= rounds; ++at) {
        slot.state = SKL_SLOT_SUBMITTED;
        wins = waiting = 0;
        round = at;
        while (waiting.load() < takers)
            std::this_thread::yield();
        ASSERT_EQ(wins.load(), 1) << "round " << at;
    }
    for (std::thread& worker : workers)
        worker.join();
}

// A canceller ORs its flag in while the proxy takes: the flag is either reported by take or still there afterwards.
TEST(RingThreads, CancellationIsNeverLostWhileASlotIsTaken)
{
    constexpr int rounds = 2000;
    skl_slot slot{};
    std::atomic<int> round{0}, cancelled{0};
    std::thread canceller([&] {
        for (int at = 1; at <= rounds; ++at) {
            while (round.load() < at)
                std::this_thread::yield();
            __atomic_fetch_or(&slot.state, SKL_SLOT_CANCEL, __ATOMIC_RELEASE);
            cancelled = at;
        }
    });
    for (int at = 1; at <= rounds; ++at) {
        __atomic_store_n(&slot.state, SKL_SLOT_SUBMITTED, __ATOMIC_RELAXED);
        round = at;
        skl_slot copy{};
        ASSERT_TRUE(skl_slot_take(&slot, &copy));
        while (cancelled.load() < at)
            std::this_thread::yield();
        ASSERT_EQ(__atomic_load_n(&slot.state, __ATOMIC_ACQUIRE), SKL_SLOT_TAKEN | SKL_SLOT_CANCEL);
    }
    canceller.join();
}

// Both sides sleep on semaphores of the test as soon as they find nothing: with a lost wake-up this test never ends.
class Bell {
public:
    void ring()
    {
        rung_.store(true);
        rung_.notify_one();
    }
    void sleep()
    {
        rung_.wait(false);
        rung_.exchange(false); // what happened before a ring() that this swallows is visible now
    }

private:
    std::atomic<bool> rung_{false};
};

TEST(RingThreads, NeitherSideSleepsThroughAWakeUp)
{
    constexpr std::uint32_t rounds = 3000;
    auto enclave = std::make_unique<Enclave>();
    skl_ring& ring = enclave->ring[0];
    std::uint32_t host_sleeping = 0, isle_sleeping = 0;
    Bell host, isle;
    std::thread proxy([&] {
        std::uint32_t head = 0;
        for (std::uint32_t served = 0; served < rounds;) {
            std::int32_t slot = skl_ring_pop(&ring, &head);
            if (slot < 0) {
                __atomic_store_n(&host_sleeping, 1, __ATOMIC_RELAXED);
                skl_full_fence();
                slot = skl_ring_pop(&ring, &head);
                if (slot < 0)
                    host.sleep();
                __atomic_store_n(&host_sleeping, 0, __ATOMIC_RELAXED);
                if (slot < 0)
                    continue;
            }
            serve(*enclave, static_cast<std::uint32_t>(slot));
            ++served;
            skl_full_fence();
            if (__atomic_load_n(&isle_sleeping, __ATOMIC_RELAXED))
                isle.ring();
        }
    });
    skl_slot& slot = enclave->slots[0];
    for (std::uint32_t call = 0; call < rounds; ++call) {
        slot.number = call;
        for (std::uint64_t& argument : slot.argument)
            argument = 5;
        skl_ring_push(&ring, enclave->slots, 0);
        skl_full_fence();
        if (__atomic_load_n(&host_sleeping, __ATOMIC_RELAXED))
            host.ring();
        __atomic_store_n(&isle_sleeping, 1, __ATOMIC_RELAXED);
        skl_full_fence();
        while (!skl_slot_done(&slot))
            isle.sleep();
        __atomic_store_n(&isle_sleeping, 0, __ATOMIC_RELAXED);
        ASSERT_EQ(slot.result, answer_to(call, 5));
    }
    proxy.join();
}

} // namespace
