// SPDX-License-Identifier: MIT
// Whether the calling thread may be cancelled, and when.
#include "cancel_state.hpp"

#include <errno.h>
#include <pthread.h>

namespace libos {

thread_local constinit CancelState cancel_state;

}

using libos::cancel_state;

extern "C" {

int pthread_setcancelstate(int state, int* old)
{
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old)
        *old = cancel_state.disabled;
    cancel_state.disabled = state;
    return 0;
}

int pthread_setcanceltype(int type, int* old)
{
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = cancel_state.type;
    cancel_state.type = type;
    return 0;
}

}
