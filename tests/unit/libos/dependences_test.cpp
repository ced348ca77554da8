// SPDX-License-Identifier: MIT
// gcc's lists of dependences.
#include "libos/openmp/dependences.hpp"

#include <gtest/gtest.h>

using namespace libos::openmp;

namespace {

void* number(uintptr_t value)
{
    return reinterpret_cast<void*>(value);
}

TEST(Dependences, ThereAreNone)
{
    EXPECT_EQ(Dependences(nullptr).count(), 0U);
}

TEST(Dependences, HaveOutsFirstInTheShortList)
{
    void* list[] = {number(3), number(1), number(0x10), number(0x20), number(0x30)};
    Dependences dependences(list);
    ASSERT_EQ(dependences.count(), 3U);
    EXPECT_EQ(dependences[0].address, 0x10);
    EXPECT_EQ(dependences[0].kinds, depends_out);
    EXPECT_EQ(dependences[1].address, 0x20);
    EXPECT_EQ(dependences[1].kinds, depends_in);
    EXPECT_EQ(dependences[2].address, 0x30);
    EXPECT_EQ(dependences[2].kinds, depends_in);
}

TEST(Dependences, HaveAllKindsInTheLongList)
{
    void *in[] = {number(0x50), number(1)}, *out[] = {number(0x60), number(3)}, *mutex[] = {number(0x70), number(4)};
    void* list[] = {nullptr, number(6), number(1), number(1), number(1), number(0x10), number(0x20), number(0x30), in, out, mutex};
    Dependences dependences(list);
    ASSERT_EQ(dependences.count(), 6U);
    const uint8_t kinds[] = {depends_out, depends_mutexinoutset, depends_in, depends_in, depends_out, depends_mutexinoutset};
    const intptr_t addresses[] = {0x10, 0x20, 0x30, 0x50, 0x60, 0x70};
    for (size_t i = 0; i < 6; i++) {
        EXPECT_EQ(dependences[i].kinds, kinds[i]) << i;
        EXPECT_EQ(dependences[i].address, addresses[i]) << i;
    }
}

}
