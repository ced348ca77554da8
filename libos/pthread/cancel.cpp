// SPDX-License-Identifier: MIT
// Ending a thread from outside or inside: its stack is unwound, so that C's cleanup handlers and C++'s destructors run.
#include "pthread.hpp"

#include <errno.h>
#include <unwind.h>

namespace libos {
namespace {

void be_cancelled()
{
    pthread_exit(PTHREAD_CANCELED);
}

void run_cleanups_below(uint64_t stack)
{
    while (self.cleanups && reinterpret_cast<uint64_t>(self.cleanups) < stack) {
        __skl_cleanup* cleanup = self.cleanups;
        self.cleanups = cleanup->__previous;
        cleanup->__routine(cleanup->__argument);
    }
}

// Asked for each frame that the unwinder leaves, the innermost first: C's cleanup handlers take their turn among C++'s destructors.
_Unwind_Reason_Code leave_frame(int, _Unwind_Action actions, _Unwind_Exception_Class, _Unwind_Exception*, _Unwind_Context* context, void*)
{
    bool end = actions & _UA_END_OF_STACK;
    run_cleanups_below(end ? UINT64_MAX : _Unwind_GetCFA(context));
    if (end)
        finish_thread();
    return _URC_NO_REASON;
}

thread_local _Unwind_Exception unwinding;

}

}

using namespace libos;

extern "C" {

int pthread_cancel(pthread_t handle)
{
    cancel_action = be_cancelled;
    siginfo_t info{};
    info.si_signo = cancel_signal;
    return send_to_thread(*thread_of(handle).signals, info);
}

void pthread_exit(void* result)
{
    self.result = result;
    self.exiting = true;
    update_cancel_mask();
    unwinding = {};
    _Unwind_ForcedUnwind(&unwinding, leave_frame, nullptr);
    run_cleanups_below(UINT64_MAX); // a frame without unwind information: what lies above it cannot be unwound
    finish_thread();
}

}
