// SPDX-License-Identifier: MIT
// Another mask while a call waits, as sigsuspend(), ppoll() and pselect() have it.
#pragma once

#include "call.hpp"
#include "signal/state.hpp"

namespace libos {

// A handler that runs in between ends the wait, at whatever moment its upcall comes: before the wait, as it begins, or as it ends. So no
// signal slips through that this mask lets in. No mask: nothing changes.
class MaskMeanwhile {
public:
    explicit MaskMeanwhile(const sigset_t* mask) : exchanged_(mask), before_(thread_signals.blocked)
    {
        if (!exchanged_)
            return;
        thread_signals.waits_for_handler = true;
        __atomic_signal_fence(__ATOMIC_SEQ_CST); // partner: the upcall that runs handlers
        change_mask(*mask & ~unblockable);
    }
    ~MaskMeanwhile()
    {
        if (!exchanged_)
            return;
        int error = errno;
        deliver_pending(); // what only this mask lets in
        thread_signals.waits_for_handler = false; // nor did anybody before: handlers wait for themselves alone
        thread_signals.handler_has_run = false;
        change_mask(before_);
        deliver_pending();
        errno = error;
    }
    MaskMeanwhile(const MaskMeanwhile&) = delete;
    MaskMeanwhile& operator=(const MaskMeanwhile&) = delete;

private:
    bool exchanged_;
    sigset_t before_;
};

}
