// SPDX-License-Identifier: MIT
// PTHREAD_CANCEL_* of the calling thread.
#pragma once

namespace libos {

struct CancelState {
    int disabled = 0; // PTHREAD_CANCEL_ENABLE or PTHREAD_CANCEL_DISABLE
    int type = 0;     // PTHREAD_CANCEL_DEFERRED or PTHREAD_CANCEL_ASYNCHRONOUS
};
extern thread_local constinit CancelState cancel_state;

}
