// SPDX-License-Identifier: MIT
// The heap as newlib's malloc wants it.
#include <errno.h>
#include <kernel/memory.h>
#include <stddef.h>

extern "C" void* sbrk(ptrdiff_t bytes)
{
    uint64_t before = skl_heap_move(bytes);
    if (before != SKL_NO_ADDRESS)
        return reinterpret_cast<void*>(before);
    errno = ENOMEM;
    return reinterpret_cast<void*>(-1);
}
