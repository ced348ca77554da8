// SPDX-License-Identifier: MIT
// What the isle is and what it runs on.
#include <errno.h>
#include <hermit/syscall.h>
#include <kernel/clock.h>
#include <kernel/process.h>

extern "C" {

int isle_id()
{
    return skl_isle();
}

unsigned get_cpufreq()
{
    return static_cast<unsigned>(skl_clock_khz() / 1000);
}

int sys_rcce_init(int)
{
    return -ENOSYS;
}

size_t sys_rcce_malloc(int, int)
{
    return static_cast<size_t>(-ENOSYS);
}

int sys_rcce_fini(int)
{
    return -ENOSYS;
}

}
