// SPDX-License-Identifier: MIT
// What ring and slot operations answer, to a partner that behaves and to one that writes nonsense.
#include <gtest/gtest.h>

#include <memory>
#include <skellig/public.h>
#include <skellig/ring_ops.h>

namespace {

struct RingOps : testing::Test {
    void push(std::uint32_t slot) { skl_ring_push(ring.get(), slots.get(), slot); }
    std::int32_t pop() { return skl_ring_pop(ring.get(), &head); }

    std::unique_ptr<skl_ring> ring = std::make_unique<skl_ring>();
    std::unique_ptr<skl_slot[]> slots = std::make_unique<skl_slot[]>(SKL_SLOTS);
    std::uint32_t head = 0;
};

TEST_F(RingOps, NewRingHasNothing)
{
    EXPECT_EQ(pop(), -1);
    EXPECT_EQ(head, 0u);
}

TEST_F(RingOps, EntriesComeOutInTheOrderTheyWentIn)
{
    for (std::uint32_t slot : {5u, 0u, 1023u})
        push(slot);
    EXPECT_EQ(pop(), 5);
    EXPECT_EQ(pop(), 0);
    EXPECT_EQ(pop(), 1023);
    EXPECT_EQ(pop(), -1);
}

TEST_F(RingOps, PushSubmitsTheSlotItNames)
{
    push(3);
    EXPECT_EQ(slots[3].state, SKL_SLOT_SUBMITTED);
    EXPECT_EQ(slots[2].state, SKL_SLOT_FREE);
    EXPECT_EQ(slots[4].state, SKL_SLOT_FREE);
    EXPECT_EQ(ring->tail, 1u);
}

TEST_F(RingOps, PopTellsTheIsleHowFarItIs)
{
    push(3);
    push(4);
    pop();
    EXPECT_EQ(ring->head, 1u);
    pop();
    EXPECT_EQ(ring->head, 2u);
}

TEST_F(RingOps, HoldsOneEntryForEachSlot)
{
    for (std::uint32_t slot = 0; slot < SKL_SLOTS; ++slot)
        push(slot);
    for (std::int32_t slot = 0; slot < static_cast<std::int32_t>(SKL_SLOTS); ++slot)
        ASSERT_EQ(pop(), slot);
    EXPECT_EQ(pop(), -1);
}

TEST_F(RingOps, IndicesRunThroughTheEndOfTheirType)
{
    ring->tail = ring->head = head = 0xfffffffe;
    for (std::uint32_t slot = 10; slot < 14; ++slot)
        push(slot);
    for (std::int32_t slot = 10; slot < 14; ++slot)
        ASSERT_EQ(pop(), slot);
    EXPECT_EQ(pop(), -1);
    EXPECT_EQ(head, 2u);
}

TEST_F(RingOps, LooksThatFindNothingAreCounted)
{
    pop();
    pop();
    EXPECT_EQ(ring->empty_looks, 2u);
    push(1);
    pop();
    EXPECT_EQ(ring->empty_looks, 2u);
}

TEST_F(RingOps, TailTooFarAheadIsNonsense)
{
    ring->tail = SKL_RING_ENTRIES + 1;
    EXPECT_EQ(pop(), -2);
    EXPECT_EQ(head, 0u) << "nothing was consumed";
    ring->tail = 0x80000000;
    EXPECT_EQ(pop(), -2);
}

TEST_F(RingOps, TailThatWentBackIsNonsense)
{
    push(1);
    pop();
    ring->tail = 0;
    EXPECT_EQ(pop(), -2);
}

TEST_F(RingOps, FullRingIsNoNonsense)
{
    ring->tail = SKL_RING_ENTRIES;
    EXPECT_EQ(pop(), 0);
}

TEST_F(RingOps, SlotNumberOutOfRangeIsNonsenseAndConsumed)
{
    for (std::uint32_t number : {SKL_SLOTS, SKL_SLOTS + 1, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
        ring->entry[ring->tail % SKL_RING_ENTRIES] = number;
        ring->tail++;
        EXPECT_EQ(pop(), -2) << number;
        EXPECT_EQ(pop(), -1) << number;
    }
}

TEST_F(RingOps, SharedHeadIsNeverBelieved)
{
    push(1);
    push(2);
    ring->head = 0xdeadbeef;
    EXPECT_EQ(pop(), 1);
    ring->head = 77;
    EXPECT_EQ(pop(), 2);
    EXPECT_EQ(pop(), -1);
}

TEST_F(RingOps, NoTailLeadsOutOfTheEntries)
{
    for (std::uint32_t shift = 0; shift < 32; ++shift)
        for (std::uint32_t distance : {0u, 1u, SKL_RING_ENTRIES - 1, SKL_RING_ENTRIES}) {
            head = (1u << shift) - 1;
            ring->tail = head + distance;
            std::int32_t slot = pop(); // AddressSanitizer watches
            EXPECT_GE(slot, distance ? 0 : -1);
        }
}

struct SlotOps : testing::Test {
    skl_slot slot{};
    skl_slot copy{};
};

TEST_F(SlotOps, RingTakeCopiesTheRequest)
{
    slot.state = SKL_SLOT_SUBMITTED;
    slot.number = 257;
    for (int i = 0; i < 6; ++i)
        slot.argument[i] = 0x1111111111111111ULL * (i + 1);
    ASSERT_TRUE(skl_slot_take(&slot, &copy));
    EXPECT_EQ(slot.state, SKL_SLOT_TAKEN);
    EXPECT_EQ(copy.number, 257u);
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(copy.argument[i], 0x1111111111111111ULL * (i + 1));
}

TEST_F(SlotOps, RingTakeRefusesWhatIsNotSubmitted)
{
    for (std::uint32_t state : {SKL_SLOT_FREE, SKL_SLOT_TAKEN, SKL_SLOT_DONE, 4u, 0xffu, 0xffu | SKL_SLOT_CANCEL}) {
        slot.state = state;
        copy.number = 99;
        EXPECT_FALSE(skl_slot_take(&slot, &copy)) << state;
        EXPECT_EQ(slot.state, state);
        EXPECT_EQ(copy.number, 99u);
    }
}

TEST_F(SlotOps, RingTakeIsWonOnce)
{
    slot.state = SKL_SLOT_SUBMITTED;
    EXPECT_TRUE(skl_slot_take(&slot, &copy));
    EXPECT_FALSE(skl_slot_take(&slot, &copy));
}

TEST_F(SlotOps, RingTakeKeepsAndReportsCancellation)
{
    slot.state = SKL_SLOT_SUBMITTED | SKL_SLOT_CANCEL;
    ASSERT_TRUE(skl_slot_take(&slot, &copy));
    EXPECT_EQ(slot.state, SKL_SLOT_TAKEN | SKL_SLOT_CANCEL);
    EXPECT_TRUE(copy.state & SKL_SLOT_CANCEL);
}

TEST_F(SlotOps, RingResultComesBackWhole)
{
    slot.state = SKL_SLOT_TAKEN;
    EXPECT_FALSE(skl_slot_done(&slot));
    for (std::int64_t result : {INT64_MIN, std::int64_t{-4095}, std::int64_t{0}, INT64_MAX}) {
        skl_slot_complete(&slot, result);
        EXPECT_TRUE(skl_slot_done(&slot));
        EXPECT_EQ(slot.result, result);
    }
}

TEST_F(SlotOps, RingSlotIsDoneOnlyWhenDone)
{
    for (std::uint32_t state : {SKL_SLOT_FREE, SKL_SLOT_SUBMITTED, SKL_SLOT_TAKEN, 0x13u, 0xffu}) {
        slot.state = state;
        EXPECT_FALSE(skl_slot_done(&slot)) << state;
    }
    slot.state = SKL_SLOT_DONE | SKL_SLOT_CANCEL;
    EXPECT_TRUE(skl_slot_done(&slot)) << "cancelled too late";
}

} // namespace
