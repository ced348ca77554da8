// SPDX-License-Identifier: MIT
// The memory orders of ring and slot operations: with each in place the other side misses nothing that it must not miss.
#include <gtest/gtest.h>

#include <skellig/public.h>
#include <skellig/ring.h>

#include "memory_model.hpp"

#include <skellig/ring_ops.h>

namespace {

constexpr int isle = 1, proxy = 2;
constexpr std::uint32_t some_slot = 7;

struct Shared {
    skl_ring ring{};
    skl_slot slots[SKL_SLOTS]{};
};

void submit(Shared& shared)
{
    skl_slot& slot = shared.slots[some_slot];
    __atomic_store_n(&slot.number, 39u, __ATOMIC_RELAXED);
    for (std::uint64_t i = 0; i < 6; ++i)
        __atomic_store_n(&slot.argument[i], 100 + i, __ATOMIC_RELAXED);
    skl_ring_push(&shared.ring, shared.slots, some_slot);
}

TEST(RingOrders, WhoeverPopsAnEntrySeesItsSlotAndRequest)
{
    int popped = 0;
    std::size_t runs = model::explore([&] {
        Shared shared;
        model::act_as(isle);
        submit(shared);
        model::act_as(proxy);
        std::uint32_t head = 0;
        std::int32_t slot = skl_ring_pop(&shared.ring, &head);
        if (slot == -1)
            return; // not seen yet
        ++popped;
        ASSERT_EQ(slot, static_cast<std::int32_t>(some_slot));
        skl_slot copy{};
        ASSERT_TRUE(skl_slot_take(&shared.slots[slot], &copy));
        ASSERT_EQ(copy.number, 39u);
        for (std::uint64_t i = 0; i < 6; ++i)
            ASSERT_EQ(copy.argument[i], 100 + i);
    });
    EXPECT_GE(runs, 2u);
    EXPECT_GE(popped, 1);
}

TEST(RingOrders, WhoeverSeesASlotDoneSeesItsResult)
{
    int done = 0;
    model::explore([&] {
        skl_slot slot{};
        slot.state = SKL_SLOT_TAKEN;
        model::act_as(proxy);
        skl_slot_complete(&slot, -42);
        model::act_as(isle);
        if (!skl_slot_done(&slot))
            return;
        ++done;
        ASSERT_EQ(__atomic_load_n(&slot.result, __ATOMIC_RELAXED), -42);
    });
    EXPECT_EQ(done, 1);
}

TEST(RingOrders, AnArgumentIsReadAgainOnlyAfterItsSlotWasSubmittedAgain)
{
    model::explore([&] {
        Shared shared;
        model::act_as(isle);
        submit(shared);
        model::act_as(proxy);
        std::uint32_t head = 0;
        if (skl_ring_pop(&shared.ring, &head) < 0)
            return;
        skl_slot copy{};
        ASSERT_TRUE(skl_slot_take(&shared.slots[some_slot], &copy));
        skl_slot_complete(&shared.slots[some_slot], 0);
        model::act_as(isle);
        if (!skl_slot_done(&shared.slots[some_slot]))
            return;
        __atomic_store_n(&shared.slots[some_slot].state, SKL_SLOT_FREE, __ATOMIC_RELAXED);
        __atomic_store_n(&shared.slots[some_slot].number, 1u, __ATOMIC_RELAXED);
        skl_ring_push(&shared.ring, shared.slots, some_slot);
        model::act_as(proxy);
        if (skl_ring_pop(&shared.ring, &head) < 0)
            return;
        ASSERT_TRUE(skl_slot_take(&shared.slots[some_slot], &copy));
        ASSERT_EQ(copy.number, 1u);
    });
}

// The proxy falls asleep; the isle submits. Whoever is first, not both may miss the other.
TEST(RingOrders, ProxyAsleepIsSeenByWhoeverSubmits)
{
    model::explore([&] {
        Shared shared;
        std::uint32_t host_sleeping = 0, head = 0;
        model::act_as(proxy);
        __atomic_store_n(&host_sleeping, 1u, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_EQ(skl_ring_pop(&shared.ring, &head), -1);
        model::act_as(isle);
        submit(shared);
        skl_full_fence();
        ASSERT_EQ(__atomic_load_n(&host_sleeping, __ATOMIC_RELAXED), 1u) << "nobody wakes the proxy";
    });
}

TEST(RingOrders, SubmissionIsSeenByAProxyThatWantsToSleep)
{
    model::explore([&] {
        Shared shared;
        std::uint32_t host_sleeping = 0, head = 0;
        model::act_as(isle);
        submit(shared);
        skl_full_fence();
        ASSERT_EQ(__atomic_load_n(&host_sleeping, __ATOMIC_RELAXED), 0u);
        model::act_as(proxy);
        __atomic_store_n(&host_sleeping, 1u, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_EQ(skl_ring_pop(&shared.ring, &head), static_cast<std::int32_t>(some_slot)) << "the proxy sleeps on a full ring";
    });
}

TEST(RingOrders, IsleAsleepIsSeenByWhoeverCompletes)
{
    model::explore([&] {
        skl_slot slot{};
        slot.state = SKL_SLOT_TAKEN;
        std::uint32_t sleeping = 0;
        model::act_as(isle);
        __atomic_store_n(&sleeping, 1u, __ATOMIC_RELAXED);
        skl_full_fence();
        ASSERT_FALSE(skl_slot_done(&slot));
        model::act_as(proxy);
        skl_slot_complete(&slot, 0);
        skl_full_fence();
        ASSERT_EQ(__atomic_load_n(&sleeping, __ATOMIC_RELAXED), 1u) << "nobody wakes the isle";
    });
}

// The model itself: it does find what the tests above would have to find.
TEST(RingOrders, ModelFindsTheStaleReadThatAMissingFenceAllows)
{
    bool both_missed = false;
    model::explore([&] {
        std::uint32_t x = 0, y = 0;
        model::act_as(1);
        __atomic_store_n(&x, 1u, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_ACQ_REL);
        bool first_missed = __atomic_load_n(&y, __ATOMIC_RELAXED) == 0;
        model::act_as(2);
        __atomic_store_n(&y, 1u, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_ACQ_REL);
        both_missed |= first_missed && __atomic_load_n(&x, __ATOMIC_RELAXED) == 0;
    });
    EXPECT_TRUE(both_missed);
}

TEST(RingOrders, ModelFindsThePayloadThatARelaxedFlagLeavesBehind)
{
    bool stale = false;
    model::explore([&] {
        std::uint32_t payload = 0, flag = 0;
        model::act_as(1);
        __atomic_store_n(&payload, 1u, __ATOMIC_RELAXED);
        __atomic_store_n(&flag, 1u, __ATOMIC_RELAXED);
        model::act_as(2);
        stale |= __atomic_load_n(&flag, __ATOMIC_ACQUIRE) == 1 && __atomic_load_n(&payload, __ATOMIC_RELAXED) == 0;
    });
    EXPECT_TRUE(stale);
}

} // namespace
