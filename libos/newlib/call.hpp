// SPDX-License-Identifier: MIT
// Forwarding a Linux call from a POSIX function: arguments of any scalar type in, value or -1 with newlib's errno out.
#pragma once

#include "linux_calls.hpp"
#include "translate/constants.hpp"

#include <errno.h>
#include <kernel/forward.h>
#include <stdint.h>

namespace libos {

inline uint64_t word(const void* pointer)
{
    return reinterpret_cast<uint64_t>(pointer);
}
inline uint64_t word(int64_t value)
{
    return static_cast<uint64_t>(value);
}
inline uint64_t word(uint64_t value)
{
    return value;
}
inline uint64_t word(int value)
{
    return static_cast<uint64_t>(static_cast<int64_t>(value));
}
inline uint64_t word(unsigned value)
{
    return value;
}

// One call, made again as often as handlers with SA_RESTART interrupt it.
int64_t forward_words(LinuxCall number, const uint64_t (&words)[6]);

// Linux's own answer: a value, or a negative Linux errno.
template <typename... Arguments>
int64_t forward(LinuxCall number, Arguments... arguments)
{
    static_assert(sizeof...(arguments) <= 6);
    const uint64_t words[6] = {word(arguments)...};
    return forward_words(number, words);
}

inline int64_t fail(int newlib_error)
{
    errno = newlib_error;
    return -1;
}

// A Linux answer as POSIX wants it.
inline int64_t answer(int64_t result)
{
    return result < 0 ? fail(newlib_errno(static_cast<int>(-result))) : result;
}

template <typename... Arguments>
int64_t call(LinuxCall number, Arguments... arguments)
{
    return answer(forward(number, arguments...));
}

// The same, for functions that return int.
template <typename... Arguments>
int call_int(LinuxCall number, Arguments... arguments)
{
    return static_cast<int>(call(number, arguments...));
}

}
