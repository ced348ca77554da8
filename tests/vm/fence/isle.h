// SPDX-License-Identifier: MIT
// The least a ring-3 test program needs: monitor calls, its shared pages, a log.
#pragma once

#include <cstdint>
#include <skellig/address.h>
#include <skellig/call.h>
#include <skellig/public.h>
#include <skellig/record.h>

using u64 = std::uint64_t;
using i64 = std::int64_t;

inline i64 call(u64 number, u64 a = 0, u64 b = 0, u64 c = 0, u64 d = 0, u64 e = 0)
{
    register u64 r8 asm("r8") = d;
    register u64 r9 asm("r9") = e;
    i64 answer = static_cast<i64>(number);
    u64 page = SKL_CALL_PAGE;
    asm volatile("call *%[page]"
                 : "+a"(answer), "+D"(a), "+S"(b), "+d"(c), "+r"(r8), "+r"(r9), [page] "+c"(page)
                 :
                 : "r10", "r11", "memory", "cc");
    return answer;
}

inline auto& boot() { return *reinterpret_cast<volatile skl_boot*>(SKL_PUBLIC_BASE); }
// How often, or for how many milliseconds, as the lab says; 0: as the case likes. It stands where a program's name would.
inline u64 amount() { return boot().program; }
inline auto& percpu(unsigned cpu) { return *reinterpret_cast<volatile skl_percpu*>(SKL_PUBLIC_BASE + SKL_PERCPU_OFFSET(cpu)); }

[[noreturn]] inline void leave(i64 status)
{
    call(SKL_CALL_EXIT, SKL_RECORD_EXIT, static_cast<u64>(status));
    __builtin_unreachable();
}

inline void say(const char* text)
{
    while (*text) {
        u64 words[4] = {};
        u64 length = 0;
        for (; *text && length < 32; ++length)
            words[length / 8] |= static_cast<u64>(static_cast<unsigned char>(*text++)) << (8 * (length % 8));
        call(SKL_CALL_LOG, length, words[0], words[1], words[2], words[3]);
    }
}

inline void say_number(u64 value)
{
    char text[19] = {'0', 'x'};
    for (unsigned i = 0; i < 16; ++i)
        text[2 + i] = "0123456789abcdef"[(value >> (60 - 4 * i)) & 15];
    text[18] = 0;
    say(text);
    say("\n");
}

// A test that fails ends the isle with the line number; the log says what was seen.
inline void expect(bool good, int line, u64 seen = 0)
{
    if (good)
        return;
    say("expectation failed, saw ");
    say_number(seen);
    leave(line);
}
#define EXPECT(condition) expect(condition, __LINE__)
#define EXPECT_EQ(a, b)                                                                                                                   \
    do {                                                                                                                                  \
        auto seen_ = (a);                                                                                                                 \
        expect(seen_ == static_cast<decltype(seen_)>(b), __LINE__, static_cast<u64>(seen_));                                              \
    } while (0)

inline u64 tsc()
{
    std::uint32_t low, high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return low | static_cast<u64>(high) << 32;
}
inline void relax() { asm volatile("pause" : : : "memory"); }
