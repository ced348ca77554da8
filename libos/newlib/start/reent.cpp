// SPDX-License-Identifier: MIT
// newlib's per-thread state (errno, strtok, ...): the main thread has newlib's own, others one in their thread-local storage.
#include "start/reent.hpp"

#include <reent.h>

namespace {
thread_local constinit _reent* state = nullptr;
alignas(_reent) thread_local constinit char own[sizeof(_reent)]{};
}

namespace libos {

void start_reent()
{
    state = reinterpret_cast<_reent*>(own);
    _REENT_INIT_PTR_ZEROED(state);
}

void end_reent()
{
    if (state)
        _reclaim_reent(state);
}

}

extern "C" _reent* __getreent()
{
    return state ? state : _global_impure_ptr;
}
