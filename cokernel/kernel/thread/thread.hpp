// SPDX-License-Identifier: MIT
// A thread of the isle: what its thread pointer (FS base) points to, above its TLS block (variant II).
#pragma once

#include "machine.hpp"

#include <kernel/thread.h>

#include <skellig/ring.h>

#include <cstdint>

namespace skl {

struct Thread {
    Thread* self;               // %fs:0 holds the thread pointer itself. [elf/tls] 3.4.6
    std::uint64_t reserved[4];
    std::uint64_t stack_guard;  // %fs:40: where objects built with a stack protector look
    std::uint32_t id;           // also the number of its slot: one forwarded call at a time
    skl_stack stack;
};
static_assert(offsetof(Thread, self) == 0 && offsetof(Thread, stack_guard) == 40 && offsetof(Thread, id) == SKL_THREAD_ID);

inline Thread& this_thread()
{
    return *static_cast<Thread*>(machine::thread_pointer());
}

}
