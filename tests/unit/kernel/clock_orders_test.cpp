// SPDX-License-Identifier: MIT
// The memory orders of reading the clock page: never half of one update and half of another.
#include <gtest/gtest.h>

#include <skellig/public.h>

#include "tests/unit/ring/memory_model.hpp"

// The code under test, in a namespace of its own and on the model's atomics.
#define skl skl_modelled
#include "clock/conversion.cpp"
#undef skl

namespace {

constexpr int module = 1, isle = 2;
int looks;

// The page's fields have been read by now; two tries are enough to see what can be seen.
std::uint64_t ticks()
{
    if (++looks > 2)
        throw model::Pruned{};
    return 0;
}

// As module and proxy write it.
void update(skl_clock& page, std::uint64_t monotonic, std::uint64_t realtime)
{
    std::uint32_t sequence = __atomic_load_n(&page.sequence, __ATOMIC_RELAXED);
    __atomic_store_n(&page.sequence, sequence + 1, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    __atomic_store_n(&page.monotonic_ns, monotonic, __ATOMIC_RELAXED);
    __atomic_store_n(&page.realtime_ns, realtime, __ATOMIC_RELAXED);
    __atomic_store_n(&page.sequence, sequence + 2, __ATOMIC_RELEASE);
}

TEST(ClockOrders, AnInstantIsOfOneUpdate)
{
    int old = 0, updated = 0;
    model::explore([&] {
        skl_clock page{};
        page.monotonic_ns = 10;
        page.realtime_ns = 110;
        looks = 0;
        model::act_as(module);
        update(page, 20, 120);
        model::act_as(isle);
        skl_modelled::Instant instant = skl_modelled::instant_at(page, ticks);
        ASSERT_EQ(instant.realtime - instant.monotonic, 100u) << "half of each";
        (instant.monotonic == 20 ? updated : old)++;
    });
    EXPECT_GT(old, 0);
    EXPECT_GT(updated, 0);
}

} // namespace
