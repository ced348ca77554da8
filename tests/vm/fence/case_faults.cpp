// SPDX-License-Identifier: MIT
// Programs that do what ring 3 may not, without anybody to catch it: each ends the isle with a record.
#include "cases.h"
#include "isle.h"

namespace {

int data_word = 0xc3;

u64 (*volatile again)(u64);

[[gnu::noinline]] u64 deep(u64 level)
{
    volatile char room[512];
    room[level % 512] = static_cast<char>(level);
    return again(level + 1) + static_cast<u64>(room[7]);
}

u64 run_deep()
{
    again = deep;
    return deep(0);
}

} // namespace

void null_read() { asm volatile("xor %%eax, %%eax; mov (%%rax), %%rbx" : : : "rax", "rbx"); }

void jump_to_data() { reinterpret_cast<void (*)()>(&data_word)(); }

void stack_overflow()
{
    u64 stack = SKL_OWN_BASE + (1 << 20);
    EXPECT_EQ(call(SKL_CALL_UNMAP, stack - 4096, 4096), 4096);
    asm volatile("mov %0, %%rsp; call *%1" : : "r"(stack + 65536), "r"(run_deep));
}

void divide_by_zero() { asm volatile("xor %%ecx, %%ecx; xor %%edx, %%edx; mov $1, %%eax; div %%ecx" : : : "eax", "ecx", "edx"); }
void clear_interrupts() { asm volatile("cli"); }
void halt_cpu() { asm volatile("hlt"); }
void write_msr() { asm volatile("wrmsr" : : "c"(0xc0000082), "a"(0), "d"(0)); }

void load_idt()
{
    char pointer[10] = {};
    asm volatile("lidt (%0)" : : "r"(pointer));
}

void port_out() { asm volatile("outb %%al, $0x80" : : "a"(0)); }
void sysenter() { asm volatile("sysenter"); }

void endless_loop()
{
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    asm volatile("mov $0x1234567, %%rbx; 1: incq (%0); jmp 1b" : : "a"(SKL_OWN_BASE) : "rbx", "memory");
}

// An exception while the handler of another has not said that it is done.
void nested_exception()
{
    call(SKL_CALL_SET_UPCALL, 0, 0, reinterpret_cast<u64>(null_read), SKL_OWN_BASE + 65536);
    asm volatile("ud2");
}

void abort_with_panic() { call(SKL_CALL_EXIT, SKL_RECORD_PANIC, 6); }

void sleep_until_parked()
{
    call(SKL_CALL_KICK, 0, SKL_KICK_HOST);
    call(SKL_CALL_WAIT, 0);
}

void kick_host()
{
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(call(SKL_CALL_KICK, 0, SKL_KICK_HOST), 0);
}
