// SPDX-License-Identifier: MIT
// Whether and where the calling thread may be cancelled. A request is a signal of our own, blocked but for cancellation points; what it
// does is in cancel.cpp, which only programs that cancel are linked with.
#include "pthread.hpp"

#include <errno.h>

namespace libos {
namespace {

void set_mask(bool open)
{
    thread_signals.cancel_mask = open ? 0 : cancel_bit;
    if (open)
        deliver_pending();
}

bool possible()
{
    return !self.cancel_disabled && !self.exiting;
}

}

void update_cancel_mask()
{
    set_mask(possible() && self.cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS);
}

CancellationPoint::CancellationPoint() : before_(thread_signals.cancel_mask)
{
    if (possible())
        set_mask(true);
}

CancellationPoint::~CancellationPoint()
{
    thread_signals.cancel_mask = before_;
}

}

using namespace libos;

extern "C" {

int pthread_setcancelstate(int state, int* old)
{
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old)
        *old = self.cancel_disabled;
    self.cancel_disabled = state;
    update_cancel_mask();
    return 0;
}

int pthread_setcanceltype(int type, int* old)
{
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = self.cancel_type;
    self.cancel_type = type;
    update_cancel_mask();
    return 0;
}

void pthread_testcancel()
{
    CancellationPoint point;
}

void __skl_cleanup_push(__skl_cleanup* cleanup)
{
    cleanup->__previous = self.cleanups;
    self.cleanups = cleanup;
}

void __skl_cleanup_pop(__skl_cleanup* cleanup, int execute)
{
    self.cleanups = cleanup->__previous;
    if (execute)
        cleanup->__routine(cleanup->__argument);
}

}
