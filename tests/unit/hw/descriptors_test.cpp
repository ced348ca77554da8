// SPDX-License-Identifier: MIT
#include "hw/x86/descriptors.h"

#include <gtest/gtest.h>

namespace {

using namespace skl::x86;

TEST(Descriptors, GateHoldsHandlerStackAndRing)
{
    Gate gate = Gate::interrupt(0xffffffff80001234, 2, 3);
    EXPECT_EQ(gate.low & 0xffff, 0x1234u);
    EXPECT_EQ(gate.low >> 16 & 0xffff, kernel_code);
    EXPECT_EQ(gate.low >> 32 & 7, 2u);
    EXPECT_EQ(gate.low >> 40 & 0xff, 0xeeu); // present, ring 3, interrupt gate
    EXPECT_EQ(gate.low >> 48, 0x8000u);
    EXPECT_EQ(gate.high, 0xffffffffu);
    EXPECT_EQ(Gate::interrupt(0, 0, 0).low >> 40 & 0xff, 0x8eu);
}

TEST(Descriptors, TaskDescriptorHoldsItsBase)
{
    Gdt gdt{};
    describe_task(gdt, 0xffffc00000401234);
    EXPECT_EQ((gdt.entry[7] >> 16 & 0xffffff) | (gdt.entry[7] >> 32 & 0xff000000), 0x00401234u);
    EXPECT_EQ(gdt.entry[8], 0xffffc000u);
    EXPECT_EQ(gdt.entry[7] & 0xffff, sizeof(TaskState) - 1);
    EXPECT_EQ(gdt.entry[7] >> 40 & 0xff, 0x89u);
}

} // namespace
