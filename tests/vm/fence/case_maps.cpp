// SPDX-License-Identifier: MIT
// map, unmap and protect, as call.h promises them.
#include "cases.h"
#include "upcall.h"

namespace {

constexpr u64 page = 4096, large = 2 << 20, own = SKL_OWN_BASE;
constexpr u64 own_size = 40ULL << 20; // machine.py: OWN_SIZE
constexpr u64 rights_rw = SKL_RIGHT_READ | SKL_RIGHT_WRITE;

// Stores one byte; true if it faulted.
bool store_faults(u64 address)
{
    u64 before = seen[0].exceptions;
    seen[0].skip = 3;
    asm volatile("movb $1, (%0)" : : "a"(address) : "memory"); // three bytes: c6 00 01
    return seen[0].exceptions != before;
}

bool load_faults(u64 address)
{
    u64 before = seen[0].exceptions;
    seen[0].skip = 2;
    asm volatile("movb (%0), %%cl" : : "a"(address) : "rcx", "memory"); // 8a 08
    return seen[0].exceptions != before;
}

u64& word(u64 address) { return *reinterpret_cast<u64*>(address); }

u64 random_state = 88172645463325252ULL;

u64 random()
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

} // namespace

void map_and_protect()
{
    take_upcalls();
    word(own) = 1;
    word(own + page) = 2;
    word(own + 5 * page) = 77;
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, page, SKL_RIGHT_READ), page);
    EXPECT(store_faults(own));
    EXPECT(!load_faults(own));
    EXPECT(!store_faults(own + page)); // its neighbour in the same 2 MiB
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, page, 0), page);
    EXPECT(load_faults(own));
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, page, rights_rw), page);
    EXPECT(!store_faults(own));

    EXPECT_EQ(call(SKL_CALL_UNMAP, own + 5 * page, page), page);
    EXPECT(load_faults(own + 5 * page));
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + 5 * page, page, rights_rw), -14); // not mapped
    EXPECT_EQ(call(SKL_CALL_MAP, own + 5 * page, page, rights_rw), page);
    EXPECT_EQ(word(own + 5 * page), 77); // the same memory again

    EXPECT_EQ(call(SKL_CALL_PROTECT, own, page, 8), -22);
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + 1, page, 1), -22);
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, 0, 1), -22);
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, ~4095ULL, 1), -22);
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, 1ULL << 46, 1) > 0, 1); // as far as own memory goes; nothing behind it
    EXPECT_EQ(call(SKL_CALL_PROTECT, own, own_size, rights_rw) > 0, 1);
    EXPECT_EQ(call(SKL_CALL_MAP, SKL_PUBLIC_BASE, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_UNMAP, SKL_CALL_PAGE, page), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, SKL_GRANT_BASE, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, SKL_WINDOW_BASE, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, SKL_MONITOR_BASE, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, 0, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, own + own_size, page, SKL_RIGHT_READ), -14);
    EXPECT_EQ(call(SKL_CALL_MAP, own - page, 2 * page, SKL_RIGHT_READ), -14);

    // Code: written, then executable; or both.
    word(own + large) = 0xc3; // ret
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + large, page, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE), page);
    reinterpret_cast<void (*)()>(own + large)();
    EXPECT(store_faults(own + large));
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + large, page, 7), page);
    EXPECT(!store_faults(own + large + 8));
    reinterpret_cast<void (*)()>(own + large)();
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + large, page, rights_rw), page);

    // Bounded: at most 512 entries, the rest is for the caller to ask again.
    u64 done = 0, rounds = 0;
    for (; done < own_size; ++rounds) {
        i64 step = call(SKL_CALL_PROTECT, own + done, own_size - done, rights_rw);
        EXPECT(step > 0);
        done += static_cast<u64>(step);
    }
    EXPECT(rounds >= 3);
    EXPECT(!store_faults(own + own_size - 8));
}

// Splitting takes table pages; when they are used up the answer is -ENOMEM, and nothing breaks.
void tables_run_out()
{
    take_upcalls();
    i64 answer = 0;
    u64 splits = 0;
    for (u64 at = own; at < own + own_size && answer >= 0; at += large, ++splits)
        answer = call(SKL_CALL_PROTECT, at + page, page, SKL_RIGHT_READ);
    say_number(splits);
    EXPECT_EQ(answer, -12);
    EXPECT(store_faults(own + page));
    EXPECT(!store_faults(own + own_size - 8));
    EXPECT_EQ(call(SKL_CALL_PROTECT, own + page, page, rights_rw), page);
}

void random_changes()
{
    take_upcalls();
    static constexpr u64 rights[] = {0, SKL_RIGHT_READ, rights_rw, SKL_RIGHT_EXECUTE, SKL_RIGHT_READ | SKL_RIGHT_EXECUTE, 6, 7};
    u64 changes = amount() ? amount() : 1000;
    for (u64 i = 0; i < changes; ++i) {
        u64 at = own + (random() % (own_size / page)) * page;
        if (random() % 16 == 0)
            at = random() & ~4095ULL;
        u64 size = (1 + random() % (random() % 4 ? 8 : 2048)) * page;
        u64 which = random() % 3;
        call(which == 0 ? SKL_CALL_MAP : which == 1 ? SKL_CALL_PROTECT : SKL_CALL_UNMAP, at, size, rights[random() % 7]);
    }
}

void store_everywhere()
{
    take_upcalls();
    for (u64 slot = 0; slot < 512; ++slot) {
        u64 address = (slot << 39) + 0x7123456008ULL;
        address |= slot >= 256 ? 0xffff000000000000ULL : 0;
        expect(store_faults(address), __LINE__, address);
    }
    for (u64 at = 0; at < 4ULL << 30; at += large) {
        u64 image_end = 0x800000 + (4 << 20); // machine.py: IMAGE_SIZE
        if (at >= 0x800000 && at < image_end)
            continue;
        expect(store_faults(at + 0x1008), __LINE__, at);
    }
    const u64 outside[] = {0, 0x7fffff, own - 1, own + own_size, SKL_PUBLIC_BASE - 1,
                           SKL_PUBLIC_BASE + ((SKL_PUBLIC_SIZE(boot().cpus) + 4095) & ~4095ULL), SKL_CALL_PAGE - 1, SKL_CALL_PAGE,
                           SKL_CALL_PAGE + 4096, SKL_OWN_END, SKL_GRANT_BASE, SKL_GRANT_END - 1, 0x7fffffffffff,
                           SKL_WINDOW_BASE, SKL_WINDOW_BASE + 0x1000000, SKL_WINDOW_BASE + 0x400000, SKL_WINDOW_BASE + 0xfee00000,
                           SKL_MONITOR_BASE, SKL_MONITOR_BASE + 0x1000, ~0ULL};
    for (u64 address : outside)
        expect(store_faults(address), __LINE__, address);
    const u64 inside[] = {own, own + own_size - 1, SKL_PUBLIC_BASE + 0x1000,
                          SKL_PUBLIC_BASE + ((SKL_PUBLIC_SIZE(boot().cpus) + 4095) & ~4095ULL) - 1};
    for (u64 address : inside)
        expect(!store_faults(address), __LINE__, address);
}

void store_random()
{
    take_upcalls();
    u64 stores = amount() ? amount() : 100000;
    for (u64 i = 0; i < stores; ++i) {
        u64 address = random() & 0x7fffffffffffULL;
        if (i % 2)
            address |= 0xffff800000000000ULL;
        if (i % 8 == 2)
            address &= 0xffffffff; // low memory more often than chance
        bool mine = (address >= 0x800000 && address < 0xc00000) || (address >= own && address < own + own_size);
        if (!mine)
            expect(store_faults(address), __LINE__, address);
    }
}

// Where the monitor keeps its things: neither read nor written.
void kernel_pointers()
{
    take_upcalls();
    const u64 secrets[] = {SKL_WINDOW_BASE + 0x400000, SKL_WINDOW_BASE + 0x401000, SKL_WINDOW_BASE + 0x1000000,
                           SKL_WINDOW_BASE + 0x1008000, SKL_WINDOW_BASE + 0x1010000, SKL_MONITOR_BASE, 0x1000000, 0x100000, 0x200000};
    for (u64 address : secrets) {
        expect(load_faults(address), __LINE__, address);
        expect(store_faults(address), __LINE__, address);
    }
}

// The shared page may say anything: the monitor keeps what matters elsewhere.
void control_words()
{
    take_upcalls();
    volatile u64* words = reinterpret_cast<volatile u64*>(&percpu(0));
    for (unsigned i = 4; i < 512; ++i)
        words[i] = ~0ULL;
    for (unsigned i = 0; i < 100; ++i) {
        percpu(0).in_exception = 0;
        EXPECT(store_faults(8));
        call(SKL_CALL_WAIT, 1);
    }
    percpu(0).pending = ~0ULL;
    EXPECT_EQ(call(SKL_CALL_WAIT, 0), -1);
}
