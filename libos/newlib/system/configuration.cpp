// SPDX-License-Identifier: MIT
// sysconf() and pathconf(): what newlib's headers promise, with the isle's own figures.
#include "call.hpp"

#include <kernel/memory.h>
#include <kernel/process.h>
#include <limits.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr long page_size = 4096;
constexpr long clock_ticks = 100;       // what times() counts in, as on Linux
constexpr long posix_version = 200809L;
constexpr long linux_name_max = 255;
constexpr long linux_path_max = 4096;
constexpr long linux_pipe_buffer = 4096;
constexpr long linux_link_max = 127;    // the least that Linux's file systems agree on
constexpr long linux_host_name_max = 64;
constexpr long linux_argument_max = 2097152;

long open_files()
{
    rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? OPEN_MAX : static_cast<long>(limit.rlim_cur);
}

}

extern "C" {

// -1 without errno: there is no such limit.
long sysconf(int name)
{
    switch (name) {
    case _SC_ARG_MAX:
        return linux_argument_max;
    case _SC_CHILD_MAX:
        return 0;
    case _SC_CLK_TCK:
        return clock_ticks;
    case _SC_NGROUPS_MAX:
        return 65536;
    case _SC_OPEN_MAX:
    case _SC_STREAM_MAX:
        return open_files();
    case _SC_VERSION:
        return posix_version;
    case _SC_PAGESIZE:
        return page_size;
    case _SC_NPROCESSORS_CONF:
    case _SC_NPROCESSORS_ONLN:
        return static_cast<long>(skl_cpu_count());
    case _SC_PHYS_PAGES:
        return static_cast<long>(skl_memory_total() / page_size);
    case _SC_AVPHYS_PAGES:
        return static_cast<long>(skl_memory_free() / page_size);
    case _SC_JOB_CONTROL:
    case _SC_SAVED_IDS:
    case _SC_FSYNC:
        return 1;
    case _SC_MONOTONIC_CLOCK:
    case _SC_CPUTIME:
    case _SC_CLOCK_SELECTION:
        return posix_version;
    case _SC_IOV_MAX:
        return IOV_MAX;
    case _SC_HOST_NAME_MAX:
        return linux_host_name_max;
    case _SC_LOGIN_NAME_MAX:
        return 256;
    case _SC_TTY_NAME_MAX:
        return 32;
    case _SC_TZNAME_MAX:
    case _SC_SYMLOOP_MAX:
    case _SC_ATEXIT_MAX:
        return -1;
    case _SC_GETPW_R_SIZE_MAX:
    case _SC_GETGR_R_SIZE_MAX:
        return 4096;
    default:
        return fail(EINVAL);
    }
}

// Linux has no call for it either; these are what its file systems have in common.
long pathconf(const char* path, int name)
{
    struct stat status;
    if (stat(path, &status) < 0)
        return -1;
    switch (name) {
    case _PC_LINK_MAX:
        return linux_link_max;
    case _PC_MAX_CANON:
    case _PC_MAX_INPUT:
    case _PC_NAME_MAX:
        return linux_name_max;
    case _PC_PATH_MAX:
        return linux_path_max;
    case _PC_PIPE_BUF:
        return linux_pipe_buffer;
    case _PC_CHOWN_RESTRICTED:
    case _PC_NO_TRUNC:
    case _PC_2_SYMLINKS:
        return 1;
    case _PC_VDISABLE:
        return 0;
    case _PC_FILESIZEBITS:
        return 64;
    case _PC_SYMLINK_MAX:
        return -1;
    default:
        return fail(EINVAL);
    }
}

long fpathconf(int descriptor, int name)
{
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        return -1;
    return pathconf("/", name);
}

}
