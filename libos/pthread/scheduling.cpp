// SPDX-License-Identifier: MIT
// What a thread may ask of the scheduler.
#include <kernel/thread.h>
#include <sched.h>

extern "C" int sched_yield()
{
    skl_thread_yield();
    return 0;
}
