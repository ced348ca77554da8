// SPDX-License-Identifier: MIT
// Register offsets of the local APIC, as in xAPIC mode; in x2APIC mode MSR 0x800 + offset / 16. [sdm/3a] 11
#pragma once

#include <cstdint>

namespace skl::x86::apic {

constexpr std::uint64_t default_pa = 0xfee00000;
constexpr std::uint32_t task_priority = 0x80, end_of_interrupt = 0xb0, spurious = 0xf0, lvt_corrected_errors = 0x2f0, command_low = 0x300,
                        command_high = 0x310, lvt_timer = 0x320, lvt_thermal = 0x330, lvt_performance = 0x340, lvt_lint0 = 0x350,
                        lvt_lint1 = 0x360, lvt_error = 0x370, timer_initial = 0x380, timer_current = 0x390, timer_divide = 0x3e0,
                        version = 0x30;
constexpr std::uint32_t lvt_masked = 1 << 16, timer_is_deadline = 1 << 18, software_enable = 1 << 8, divide_by_1 = 0xb,
                        delivery_pending = 1 << 12;
constexpr std::uint32_t ipi_init = 0xc500, ipi_init_end = 0x8500, ipi_start = 0x4600, ipi_fixed = 0x4000, to_self = 0x40000;

} // namespace skl::x86::apic
