// SPDX-License-Identifier: MIT
#include "upcall/syscall_instruction.hpp"

#include <skellig/address.h>

#include <gtest/gtest.h>

#include <sys/mman.h>

#include <algorithm>
#include <initializer_list>

namespace {

constexpr std::uint32_t invalid_opcode = 6, general_protection = 13, page_fault = 14;
constexpr std::size_t page = 4096;

// Code that ends where nothing is mapped any more.
class Code {
public:
    Code(std::initializer_list<std::uint8_t> bytes)
        : pages_(static_cast<std::uint8_t*>(mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
    {
        munmap(pages_ + page, page);
        begin_ = std::copy_backward(bytes.begin(), bytes.end(), pages_ + page);
    }
    ~Code() { munmap(pages_, page); }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;

    skl_registers reached() const
    {
        skl_registers registers{};
        registers.frame.rip = reinterpret_cast<std::uint64_t>(begin_);
        registers.frame.rflags = 0x246;
        registers.rcx = 1;
        registers.r11 = 2;
        return registers;
    }

private:
    std::uint8_t* pages_;
    std::uint8_t* begin_;
};

skl_trap trap(std::uint32_t vector, std::uint64_t address = 0)
{
    return {vector, 0, 0, address};
}

skl_registers jumped()
{
    skl_registers registers{};
    registers.frame.rip = SKL_SYSCALL_TARGET;
    registers.frame.rflags = 2;
    registers.rcx = 0x801002;
    registers.r11 = 0x246;
    return registers;
}

TEST(SyscallInstruction, IsAnInvalidOpcode)
{
    EXPECT_TRUE(skl::is_syscall(trap(invalid_opcode), Code{0x0f, 0x05}.reached()));
}

TEST(SyscallInstruction, OtherInvalidOpcodesAreNone)
{
    EXPECT_FALSE(skl::is_syscall(trap(invalid_opcode), Code{0x0f, 0x0b}.reached()));
    EXPECT_FALSE(skl::is_syscall(trap(invalid_opcode), Code{0x62, 0x05}.reached()));
}

TEST(SyscallInstruction, OtherExceptionsThereAreNone)
{
    EXPECT_FALSE(skl::is_syscall(trap(general_protection), Code{0x0f, 0x05}.reached()));
    EXPECT_FALSE(skl::is_syscall(trap(page_fault), Code{0x0f, 0x05}.reached()));
}

TEST(SyscallInstruction, NothingIsReadBehindTheEndOfCode)
{
    EXPECT_FALSE(skl::is_syscall(trap(invalid_opcode), Code{0x06}.reached()));
}

TEST(SyscallInstruction, IsAJumpToWhereTheMonitorSendsIt)
{
    EXPECT_TRUE(skl::is_syscall(trap(page_fault, SKL_SYSCALL_TARGET), jumped()));
}

TEST(SyscallInstruction, OtherPageFaultsAreNone)
{
    skl_registers elsewhere = jumped();
    elsewhere.frame.rip = 0x801000;
    EXPECT_FALSE(skl::is_syscall(trap(page_fault, SKL_SYSCALL_TARGET), elsewhere)) << "data there";
    EXPECT_FALSE(skl::is_syscall(trap(page_fault, SKL_SYSCALL_TARGET + 8), jumped()));
    EXPECT_FALSE(skl::is_syscall(trap(general_protection, SKL_SYSCALL_TARGET), jumped()));
}

TEST(SyscallInstruction, GoesOnBehindItWithTheRegistersOfTheInstruction)
{
    Code code{0x0f, 0x05};
    skl_registers registers = code.reached();
    std::uint64_t behind = registers.frame.rip + 2;
    skl::step_over_syscall(trap(invalid_opcode), registers);
    EXPECT_EQ(registers.frame.rip, behind);
    EXPECT_EQ(registers.frame.rflags, 0x246u);
    EXPECT_EQ(registers.rcx, behind);
    EXPECT_EQ(registers.r11, 0x246u);
}

TEST(SyscallInstruction, GoesOnWhereTheJumpCameFrom)
{
    skl_registers registers = jumped();
    skl::step_over_syscall(trap(page_fault, SKL_SYSCALL_TARGET), registers);
    EXPECT_EQ(registers.frame.rip, 0x801002u);
    EXPECT_EQ(registers.frame.rflags, 0x246u);
    EXPECT_EQ(registers.rcx, 0x801002u);
    EXPECT_EQ(registers.r11, 0x246u);
}

}
