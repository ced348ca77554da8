// SPDX-License-Identifier: MIT
// Segment descriptors, task state and interrupt gates of long mode. [sdm/3a] 3.4.5, 6.14, 7.7
#pragma once

#include <cstdint>

namespace skl::x86 {

constexpr std::uint16_t kernel_code = 0x10, kernel_data = 0x18, user_data = 0x28 | 3, user_code = 0x30 | 3, task = 0x38;

struct Gdt {
    static constexpr std::uint64_t code = 0x00209b0000000000ULL, data = 0x0000930000000000ULL, ring3 = 3ULL << 45;

    std::uint64_t entry[9]; // null, -, kernel code, kernel data, -, user data, user code, task (two)
};

struct [[gnu::packed]] TaskState {
    std::uint32_t reserved0;
    std::uint64_t rsp[3];
    std::uint64_t reserved1;
    std::uint64_t ist[7];
    std::uint64_t reserved2;
    std::uint16_t reserved3;
    std::uint16_t io_map; // beyond the limit: no port is allowed
};
static_assert(sizeof(TaskState) == 104);

struct Gate {
    std::uint64_t low;
    std::uint64_t high;

    // Interrupts off while the handler runs; ist 0: the stack of ring 0.
    static constexpr Gate interrupt(std::uint64_t handler, unsigned ist, unsigned ring)
    {
        return {(handler & 0xffff) | (std::uint64_t{kernel_code} << 16) | (std::uint64_t{ist} << 32) |
                    (0x8e00ULL | ring << 13) << 32 | (handler & 0xffff0000) << 32,
                handler >> 32};
    }
};

struct [[gnu::packed]] TablePointer {
    std::uint16_t limit;
    std::uint64_t base;
};

constexpr void describe_task(Gdt& gdt, std::uint64_t base)
{
    gdt.entry[7] = (sizeof(TaskState) - 1) | (base & 0xffffff) << 16 | 0x89ULL << 40 | (base & 0xff000000) << 32;
    gdt.entry[8] = base >> 32;
}

} // namespace skl::x86
