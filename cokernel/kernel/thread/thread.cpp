// SPDX-License-Identifier: MIT
// What a thread may ask about itself: api/kernel/thread.h.
#include "thread.hpp"

constinit int skl_threaded = 0;

extern "C" struct skl_stack skl_thread_stack()
{
    return skl::this_thread().stack;
}

// Nothing else can run on this CPU while there is one thread; say so to a hyperthread at least.
extern "C" void skl_thread_yield()
{
    skl::machine::pause();
}
