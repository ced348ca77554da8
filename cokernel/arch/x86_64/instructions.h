// SPDX-License-Identifier: MIT
// Privileged and special instructions, one function each.
#pragma once

#include <cstdint>

namespace skl::cpu {

struct Cpuid {
    std::uint32_t eax, ebx, ecx, edx;
};

inline Cpuid cpuid(std::uint32_t leaf, std::uint32_t subleaf = 0)
{
    Cpuid out;
    asm volatile("cpuid" : "=a"(out.eax), "=b"(out.ebx), "=c"(out.ecx), "=d"(out.edx) : "a"(leaf), "c"(subleaf));
    return out;
}

inline std::uint64_t read_msr(std::uint32_t number)
{
    std::uint32_t low, high;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
    return low | std::uint64_t{high} << 32;
}

inline void write_msr(std::uint32_t number, std::uint64_t value)
{
    asm volatile("wrmsr" : : "c"(number), "a"(static_cast<std::uint32_t>(value)), "d"(static_cast<std::uint32_t>(value >> 32)) : "memory");
}

inline std::uint64_t read_tsc()
{
    std::uint32_t low, high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return low | std::uint64_t{high} << 32;
}

inline std::uint64_t read_cr2()
{
    std::uint64_t value;
    asm volatile("mov %%cr2, %0" : "=r"(value));
    return value;
}

inline std::uint64_t read_cr3()
{
    std::uint64_t value;
    asm volatile("mov %%cr3, %0" : "=r"(value) : : "memory");
    return value;
}

inline void write_cr0(std::uint64_t value) { asm volatile("mov %0, %%cr0" : : "r"(value) : "memory"); }
inline void write_cr3(std::uint64_t value) { asm volatile("mov %0, %%cr3" : : "r"(value) : "memory"); }
inline void write_cr4(std::uint64_t value) { asm volatile("mov %0, %%cr4" : : "r"(value) : "memory"); }
inline void flush_tlb() { write_cr3(read_cr3()); }

inline void write_xcr0(std::uint64_t value)
{
    asm volatile("xsetbv" : : "c"(0), "a"(static_cast<std::uint32_t>(value)), "d"(static_cast<std::uint32_t>(value >> 32)));
}

inline void reset_debug_registers()
{
    std::uint64_t zero = 0;
    asm volatile("mov %0, %%dr7; mov %1, %%dr0; mov %1, %%dr1; mov %1, %%dr2; mov %1, %%dr3" : : "r"(0x400ULL), "r"(zero));
    asm volatile("mov %0, %%dr6" : : "r"(0xffff0ff0ULL));
}

inline void load_gdt(const void* pointer) { asm volatile("lgdt (%0)" : : "r"(pointer) : "memory"); }
inline void load_idt(const void* pointer) { asm volatile("lidt (%0)" : : "r"(pointer) : "memory"); }
inline void load_task(std::uint16_t selector) { asm volatile("ltr %0" : : "r"(selector) : "memory"); }

inline void out8(std::uint16_t port, std::uint8_t value) { asm volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory"); }
inline std::uint8_t in8(std::uint16_t port)
{
    std::uint8_t value;
    asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

// Whole words, aligned.
inline void zero(void* at, std::uint64_t bytes)
{
    std::uint64_t words = bytes / 8;
    asm volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(0) : "memory");
}

inline void pause() { asm volatile("pause" : : : "memory"); }
inline void full_fence() { asm volatile("mfence; lfence" : : : "memory"); }

// Everything that a processor carries from one program to the next and that XRSTOR can put back to its initial state.
inline void xsave(void* area) { asm volatile("xsave64 (%0)" : : "r"(area), "a"(~0u), "d"(~0u) : "memory"); }
inline void xrstor(const void* area) { asm volatile("xrstor64 (%0)" : : "r"(area), "a"(~0u), "d"(~0u) : "memory"); }

inline std::uint64_t read_fs_base()
{
    std::uint64_t value;
    asm volatile("rdfsbase %0" : "=r"(value));
    return value;
}
inline std::uint64_t read_gs_base()
{
    std::uint64_t value;
    asm volatile("rdgsbase %0" : "=r"(value));
    return value;
}
inline void write_fs_base(std::uint64_t value) { asm volatile("wrfsbase %0" : : "r"(value)); }
inline void write_gs_base(std::uint64_t value) { asm volatile("wrgsbase %0" : : "r"(value)); }

} // namespace skl::cpu
