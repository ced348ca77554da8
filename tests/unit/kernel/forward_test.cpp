// SPDX-License-Identifier: MIT
// Forwarded calls of an isle thread, with a proxy thread at the other end of the ring.
#include <kernel/forward.h>

#include "forward/forward.hpp"
#include "machine.hpp"
#include "public_area.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <skellig/call.h>
#include <skellig/ring_ops.h>
#include <thread>

namespace {

struct Machine : skl::machine::Host {
    explicit Machine(std::uint32_t cpus)
    {
        std::memset(area.get(), 0, SKL_PUBLIC_SIZE(cpus));
        public_area = area.get();
        skl::machine::host = this;
        auto& boot = *reinterpret_cast<skl_boot*>(area.get());
        boot.cpus = cpus;
        boot.tsc_khz = 1000;
        use_cpu(0);
    }

    void use_cpu(std::uint32_t cpu)
    {
        auto* page = reinterpret_cast<skl_percpu*>(area.get() + SKL_PERCPU_OFFSET(cpu));
        page->cpu = cpu;
        skl::machine::this_percpu = page;
    }

    std::int64_t monitor_call(std::uint64_t number, const std::uint64_t (&argument)[5]) override
    {
        if (number == SKL_CALL_KICK && argument[1] == SKL_KICK_HOST)
            ++kicks;
        if (number == SKL_CALL_WAIT) {
            ++waits;
            std::this_thread::yield();
        }
        return 0;
    }

    std::unique_ptr<char[]> area{new char[SKL_PUBLIC_SIZE(4)]};
    std::atomic<int> kicks{0}, waits{0};
};

// Looks at the rings of all CPUs in turn.
void serve(std::uint32_t cpus, int calls)
{
    std::uint32_t head[4]{};
    for (std::uint32_t cpu = 0; calls; cpu = (cpu + 1) % cpus) {
        std::int32_t slot = skl_ring_pop(&skl::ring_of(cpu), &head[cpu]);
        if (slot < 0) {
            std::this_thread::yield();
            continue;
        }
        skl_slot request{};
        ASSERT_TRUE(skl_slot_take(&skl::slots()[slot], &request));
        skl_slot_complete(&skl::slots()[slot], static_cast<std::int64_t>(request.number + request.argument[0] + request.argument[5]));
        --calls;
    }
}

TEST(ForwardThreaded, EveryCallGetsItsOwnAnswer)
{
    constexpr int calls = 300;
    Machine machine(1);
    std::thread proxy(serve, 1, calls);
    for (std::uint64_t i = 0; i < calls; ++i) {
        std::uint64_t argument[6] = {i, 0, 0, 0, 0, 1000 * i};
        EXPECT_EQ(skl::forward_on_slot(5, 7, argument), static_cast<std::int64_t>(7 + 1001 * i));
        EXPECT_EQ(skl::slots()[5].state, SKL_SLOT_FREE);
    }
    proxy.join();
    EXPECT_EQ(machine.kicks, 0) << "the proxy never slept";
}

TEST(ForwardThreaded, ACallGoesOverTheRingOfItsCpu)
{
    Machine machine(4);
    machine.use_cpu(3);
    std::thread proxy(serve, 4, 1);
    std::uint64_t argument[6] = {1, 2, 3, 4, 5, 6};
    EXPECT_EQ(skl::forward_on_slot(1023, 10, argument), 17);
    proxy.join();
    EXPECT_EQ(skl::ring_of(0).tail, 0u);
    EXPECT_EQ(skl::ring_of(3).tail, 1u);
}

TEST(ForwardThreaded, ASleepingProxyIsKickedOnceForEachCall)
{
    Machine machine(1);
    reinterpret_cast<skl_boot*>(machine.area.get())->host_sleeping = 1;
    std::thread proxy(serve, 1, 2);
    std::uint64_t argument[6]{};
    skl::forward_on_slot(0, 1, argument);
    skl::forward_on_slot(0, 1, argument);
    proxy.join();
    EXPECT_EQ(machine.kicks, 2);
}

} // namespace
