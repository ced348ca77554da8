// SPDX-License-Identifier: MIT
// How much room the enabled XSAVE features need; and the checks of what upcall/entry.S takes for granted.
#include "xsave.hpp"

#include "percpu_offsets.h"

#include <skellig/public.h>

#include <cpuid.h>

static_assert(offsetof(skl_percpu, masked) == PERCPU_MASKED);
static_assert(offsetof(skl_percpu, pending) == PERCPU_PENDING);
static_assert(offsetof(skl_percpu, interrupt.rip) == PERCPU_INTERRUPT_RIP);
static_assert(offsetof(skl_percpu, interrupt.cs) == PERCPU_INTERRUPT_CS);
static_assert(offsetof(skl_percpu, interrupt.rflags) == PERCPU_INTERRUPT_RFLAGS);
static_assert(offsetof(skl_percpu, interrupt.rsp) == PERCPU_INTERRUPT_RSP);
static_assert(offsetof(skl_percpu, interrupt.ss) == PERCPU_INTERRUPT_SS);
static_assert(offsetof(skl_percpu, scratch[0]) == PERCPU_SCRATCH_0);
static_assert(offsetof(skl_percpu, scratch[1]) == PERCPU_SCRATCH_1);

extern "C" {
constinit std::uint32_t skl_xsave_size = 0;
}

namespace skl {

bool measure_xsave()
{
    constexpr unsigned osxsave = 1u << 27;
    unsigned a, b, c, d;
    __cpuid(1, a, b, c, d);
    if (!(c & osxsave))
        return false;
    __cpuid_count(0xd, 0, a, b, c, d); // ebx: bytes for the features enabled in XCR0. [sdm/1] 13.2
    skl_xsave_size = b;
    return b != 0;
}

}
