// SPDX-License-Identifier: MIT
#include "upcall/upcalls.hpp"

#include "cpu.hpp"
#include "host_enclave.hpp"

#include <gtest/gtest.h>

using namespace skl;

namespace {

TEST(UpcallsMasked, HoldsThemOffWhileItLives)
{
    HostEnclave enclave;
    {
        UpcallsMasked masked;
        EXPECT_EQ(enclave.percpu().masked, 1u);
    }
    EXPECT_EQ(enclave.percpu().masked, 0u);
}

TEST(UpcallsMasked, NestsAndOnlyTheOutermostUnmasks)
{
    HostEnclave enclave;
    UpcallsMasked outer;
    {
        UpcallsMasked inner;
    }
    EXPECT_EQ(enclave.percpu().masked, 1u);
}

TEST(UpcallsMasked, ServesWhatBecamePendingMeanwhile)
{
    HostEnclave enclave;
    {
        UpcallsMasked masked;
        enclave.post(SKL_EVENT_HOST | SKL_EVENT_KICK);
    }
    EXPECT_EQ(enclave.percpu().pending, 0u);
    EXPECT_EQ(enclave.percpu().masked, 0u);
}

TEST(WaitMasked, ReturnsAtOnceWhenSomethingIsPending)
{
    HostEnclave enclave;
    enclave.percpu().masked = 1;
    enclave.post(SKL_EVENT_HOST);
    wait_masked(0);
    EXPECT_EQ(enclave.percpu().pending, 0u);
    EXPECT_EQ(enclave.percpu().masked, 1u);
}

}
