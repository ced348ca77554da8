// SPDX-License-Identifier: MIT
// The two string functions that the compiler calls on its own in freestanding code.
#include <cstddef>

extern "C" void* memset(void* to, int value, std::size_t size)
{
    void* at = to;
    asm volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(value) : "memory");
    return to;
}

extern "C" void* memcpy(void* to, const void* from, std::size_t size)
{
    void* at = to;
    asm volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(size) : : "memory");
    return to;
}
