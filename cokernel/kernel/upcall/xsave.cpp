// SPDX-License-Identifier: MIT
// How much room the enabled XSAVE features need; and the checks of what upcall/entry.S takes for granted.
#include "xsave.hpp"

#include "percpu_offsets.h"

#include <kernel/signal.h>

#include <skellig/public.h>

#include <cpuid.h>

static_assert(offsetof(skl_percpu, masked) == PERCPU_MASKED);
static_assert(offsetof(skl_percpu, pending) == PERCPU_PENDING);
static_assert(offsetof(skl_percpu, interrupt.rip) == PERCPU_INTERRUPT_RIP);
static_assert(offsetof(skl_percpu, interrupt.cs) == PERCPU_INTERRUPT_CS);
static_assert(offsetof(skl_percpu, interrupt.rflags) == PERCPU_INTERRUPT_RFLAGS);
static_assert(offsetof(skl_percpu, interrupt.rsp) == PERCPU_INTERRUPT_RSP);
static_assert(offsetof(skl_percpu, interrupt.ss) == PERCPU_INTERRUPT_SS);
static_assert(offsetof(skl_percpu, in_exception) == PERCPU_IN_EXCEPTION);
static_assert(offsetof(skl_percpu, exception.rip) == PERCPU_EXCEPTION_RIP);
static_assert(offsetof(skl_percpu, exception.cs) == PERCPU_EXCEPTION_CS);
static_assert(offsetof(skl_percpu, exception.rflags) == PERCPU_EXCEPTION_RFLAGS);
static_assert(offsetof(skl_percpu, exception.rsp) == PERCPU_EXCEPTION_RSP);
static_assert(offsetof(skl_percpu, exception.ss) == PERCPU_EXCEPTION_SS);
static_assert(USER_CS == SKL_USER_CS && USER_SS == SKL_USER_SS);
// The order in which save.h pushes, under the frame.
static_assert(offsetof(skl_registers, rax) == 14 * 8 && offsetof(skl_registers, frame) == 15 * 8 && sizeof(skl_registers) == 20 * 8);
static_assert(offsetof(skl_percpu, scratch[0]) == PERCPU_SCRATCH_0);
static_assert(offsetof(skl_percpu, scratch[1]) == PERCPU_SCRATCH_1);

extern "C" {
constinit std::uint32_t skl_xsave_size = 0;
}

namespace skl {

std::uint32_t xsave_size()
{
    return skl_xsave_size;
}

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
