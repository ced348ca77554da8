// SPDX-License-Identifier: MIT
// How much there is and how busy it is: CPUs and memory are the isle's own, load and uptime the node's.
#include "call.hpp"

#include <kernel/memory.h>
#include <stddef.h>
#include <kernel/process.h>
#include <stdlib.h>
#include <sys/sysinfo.h>
#include <unistd.h>

using namespace libos;

static_assert(sizeof(struct sysinfo) == 112 && offsetof(struct sysinfo, mem_unit) == 104); // Linux's

extern "C" {

int sysinfo(struct sysinfo* info)
{
    if (call_int(LinuxCall::sysinfo, info) < 0)
        return -1;
    info->totalram = skl_memory_total();
    info->freeram = skl_memory_free();
    info->sharedram = info->bufferram = info->totalswap = info->freeswap = info->totalhigh = info->freehigh = 0;
    info->mem_unit = 1;
    return 0;
}

int getloadavg(double* loads, int count)
{
    struct sysinfo info;
    if (call_int(LinuxCall::sysinfo, &info) < 0)
        return -1;
    int most = count < 3 ? count : 3;
    for (int i = 0; i < most; i++)
        loads[i] = static_cast<double>(info.loads[i]) / (1 << SI_LOAD_SHIFT);
    return most;
}

int get_nprocs()
{
    return static_cast<int>(skl_cpu_count());
}

int get_nprocs_conf()
{
    return static_cast<int>(skl_cpu_count());
}

long get_phys_pages()
{
    return sysconf(_SC_PHYS_PAGES);
}

long get_avphys_pages()
{
    return sysconf(_SC_AVPHYS_PAGES);
}

}
