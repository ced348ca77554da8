// SPDX-License-Identifier: MIT
// newlib's per-thread state (errno, strtok, ...): the main thread has newlib's own, others what their creator set.
#include <reent.h>

namespace {
thread_local _reent* state = nullptr;
}

extern "C" _reent* __getreent()
{
    return state ? state : _global_impure_ptr;
}
