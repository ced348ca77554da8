// SPDX-License-Identifier: MIT
// sysconf() and pathconf(): every name of newlib's <unistd.h> and ours, with the isle's own figures.
#include "call.hpp"
#include "signal/clock_timers.hpp"
#include "signal/state.hpp"
#include "system/caches.hpp"

#include <cpuid.h>
#include <kernel/memory.h>
#include <kernel/process.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace libos;

namespace {

constexpr long page_size = 4096;
constexpr long linux_path_max = 4096;
constexpr long linux_pipe_buffer = 4096;
constexpr long linux_link_max = 127; // the least that Linux's file systems agree on
constexpr long linux_line_max = 255; // of a terminal

constexpr long posix = 200809L; // an option that is there, as of this version
constexpr long absent = -1;     // one that is not, or no such limit

struct Setting {
    int name;
    long value;
};
constexpr Setting settings[] = {
    // Limits.
    {_SC_ARG_MAX, 2097152}, // Linux's, at its usual limit for stacks
    {_SC_CLK_TCK, 100},     // what times() counts in, as on Linux
    {_SC_NGROUPS_MAX, 65536},
    {_SC_PAGESIZE, page_size},
    {_SC_IOV_MAX, IOV_MAX},
    {_SC_HOST_NAME_MAX, 64},
    {_SC_LOGIN_NAME_MAX, 256},
    {_SC_TTY_NAME_MAX, 32},
    {_SC_TZNAME_MAX, absent},
    {_SC_SYMLOOP_MAX, absent},
    {_SC_ATEXIT_MAX, absent},
    {_SC_GETPW_R_SIZE_MAX, 4096},
    {_SC_GETGR_R_SIZE_MAX, 4096},
    {_SC_RTSIG_MAX, SIGRTMAX - SIGRTMIN + 1},
    {_SC_SIGQUEUE_MAX, most_queued_signals},
    {_SC_SEM_NSEMS_MAX, absent},
    {_SC_SEM_VALUE_MAX, SEM_VALUE_MAX},
    {_SC_NZERO, 20},
    {_SC_THREAD_KEYS_MAX, PTHREAD_KEYS_MAX},
    {_SC_THREAD_STACK_MIN, PTHREAD_STACK_MIN},
    {_SC_THREAD_THREADS_MAX, 1024}, // kernel/thread.h
    {_SC_THREAD_DESTRUCTOR_ITERATIONS, PTHREAD_DESTRUCTOR_ITERATIONS},
    {_SC_RE_DUP_MAX, RE_DUP_MAX},
    {_SC_COLL_WEIGHTS_MAX, 2}, // the least that POSIX allows: strings have one order here

    // POSIX and its options.
    {_SC_VERSION, posix},
    {_SC_JOB_CONTROL, 1},
    {_SC_SAVED_IDS, 1},
    {_SC_REGEXP, 1},
    {_SC_SHELL, 1},
    {_SC_ADVISORY_INFO, posix},
    {_SC_BARRIERS, posix},
    {_SC_CLOCK_SELECTION, posix},
    {_SC_CPUTIME, posix},
    {_SC_FSYNC, posix},
    {_SC_MEMLOCK, posix},
    {_SC_MEMLOCK_RANGE, posix},
    {_SC_MEMORY_PROTECTION, posix},
    {_SC_MONOTONIC_CLOCK, posix},
    {_SC_READER_WRITER_LOCKS, posix},
    {_SC_REALTIME_SIGNALS, posix},
    {_SC_SEMAPHORES, posix},
    {_SC_SPAWN, posix},
    {_SC_SPIN_LOCKS, posix},
    {_SC_SYNCHRONIZED_IO, posix},
    {_SC_THREADS, posix},
    {_SC_THREAD_ATTR_STACKADDR, posix},
    {_SC_THREAD_ATTR_STACKSIZE, posix},
    {_SC_THREAD_CPUTIME, posix},
    {_SC_THREAD_SAFE_FUNCTIONS, posix},
    {_SC_TIMEOUTS, posix},
    {_SC_TIMERS, posix},
    {_SC_TIMER_MAX, most_clock_timers},
    {_SC_DELAYTIMER_MAX, INT_MAX},
    {_SC_ASYNCHRONOUS_IO, posix},
    {_SC_AIO_LISTIO_MAX, absent}, // memory and threads are the limits
    {_SC_AIO_MAX, absent},
    {_SC_AIO_PRIO_DELTA_MAX, absent},
    {_SC_V7_LP64_OFF64, 1},

    // No objects between processes, no sockets, one policy.
    {_SC_MAPPED_FILES, posix},
    {_SC_SHARED_MEMORY_OBJECTS, absent},
    {_SC_MESSAGE_PASSING, absent},
    {_SC_MQ_OPEN_MAX, absent},
    {_SC_MQ_PRIO_MAX, absent},
    {_SC_TYPED_MEMORY_OBJECTS, absent},
    {_SC_PRIORITIZED_IO, absent},
    {_SC_IPV6, absent},
    {_SC_RAW_SOCKETS, absent},
    {_SC_PRIORITY_SCHEDULING, absent},
    {_SC_SPORADIC_SERVER, absent},
    {_SC_SS_REPL_MAX, absent},
    {_SC_THREAD_PRIORITY_SCHEDULING, absent},
    {_SC_THREAD_PRIO_INHERIT, absent},
    {_SC_THREAD_PRIO_PROTECT, absent},
    {_SC_THREAD_PROCESS_SHARED, absent},
    {_SC_THREAD_ROBUST_PRIO_INHERIT, absent},
    {_SC_THREAD_ROBUST_PRIO_PROTECT, absent},
    {_SC_THREAD_SPORADIC_SERVER, absent},
    {_SC_TRACE, absent},
    {_SC_TRACE_EVENT_FILTER, absent},
    {_SC_TRACE_EVENT_NAME_MAX, absent},
    {_SC_TRACE_INHERIT, absent},
    {_SC_TRACE_LOG, absent},
    {_SC_TRACE_NAME_MAX, absent},
    {_SC_TRACE_SYS_MAX, absent},
    {_SC_TRACE_USER_EVENT_MAX, absent},
    {_SC_POSIX_26_VERSION, absent},
    {_SC_V7_ILP32_OFF32, absent},
    {_SC_V7_ILP32_OFFBIG, absent},
    {_SC_V7_LPBIG_OFFBIG, absent},

    // X/Open's system interfaces need fork().
    {_SC_XOPEN_VERSION, absent},
    {_SC_XOPEN_XCU_VERSION, absent},
    {_SC_XOPEN_UNIX, absent},
    {_SC_XOPEN_CRYPT, absent},
    {_SC_XOPEN_ENH_I18N, absent},
    {_SC_XOPEN_LEGACY, absent},
    {_SC_XOPEN_REALTIME, absent},
    {_SC_XOPEN_REALTIME_THREADS, absent},
    {_SC_XOPEN_SHM, absent},
    {_SC_XOPEN_STREAMS, absent},
    {_SC_XOPEN_UUCP, absent},

    // The shell and its utilities are Linux's, and so is what glibc says of them.
    {_SC_2_VERSION, posix},
    {_SC_2_C_BIND, posix},
    {_SC_2_C_DEV, posix},
    {_SC_2_CHAR_TERM, posix},
    {_SC_2_LOCALEDEF, posix},
    {_SC_2_SW_DEV, posix},
    {_SC_2_FORT_DEV, absent},
    {_SC_2_FORT_RUN, absent},
    {_SC_2_PBS, absent},
    {_SC_2_PBS_ACCOUNTING, absent},
    {_SC_2_PBS_CHECKPOINT, absent},
    {_SC_2_PBS_LOCATE, absent},
    {_SC_2_PBS_MESSAGE, absent},
    {_SC_2_PBS_TRACK, absent},
    {_SC_2_UPE, absent},
    {_SC_BC_BASE_MAX, 99},
    {_SC_BC_DIM_MAX, 2048},
    {_SC_BC_SCALE_MAX, 99},
    {_SC_BC_STRING_MAX, 1000},
    {_SC_EXPR_NEST_MAX, 32},
    {_SC_LINE_MAX, 2048},
};

long limit_of(int resource)
{
    rlimit limit;
    return getrlimit(resource, &limit) < 0 || limit.rlim_cur > LONG_MAX ? absent : static_cast<long>(limit.rlim_cur);
}

// What interrupts a thread saves its registers on the handler's stack, vectors as large as this CPU has them. [sdm/1] 13.2
long least_signal_stack()
{
    constexpr long frame = 4096;
    unsigned a, b, c, d;
    __cpuid_count(0xd, 0, a, b, c, d);
    long needed = static_cast<long>(b) + frame;
    return needed > MINSIGSTKSZ ? needed : MINSIGSTKSZ;
}

// For each cache a size, its ways and its line size, as the names have it: L1 of instructions, L1 of data, L2, L3, L4. 0: there is none.
long cache_setting(int index)
{
    constexpr int kinds = 3;
    int number = index / kinds;
    Cache cache = find_cache(number < 2 ? 1 : static_cast<uint32_t>(number), number == 0);
    switch (index % kinds) {
    case 0:
        return static_cast<long>(cache.size);
    case 1:
        return cache.ways;
    default:
        return cache.line;
    }
}

// Linux has no call for it either; what differs between its file systems is what statvfs() says.
long path_setting(int name, const struct statvfs& system)
{
    switch (name) {
    case _PC_LINK_MAX:
        return linux_link_max;
    case _PC_MAX_CANON:
    case _PC_MAX_INPUT:
        return linux_line_max;
    case _PC_NAME_MAX:
        return static_cast<long>(system.f_namemax);
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
    case _PC_ALLOC_SIZE_MIN:
    case _PC_REC_XFER_ALIGN:
        return static_cast<long>(system.f_frsize);
    case _PC_REC_MIN_XFER_SIZE:
        return static_cast<long>(system.f_bsize);
    case _PC_ASYNC_IO:
    case _PC_PRIO_IO:
    case _PC_SYNC_IO:
    case _PC_SYMLINK_MAX:
    case _PC_REC_INCR_XFER_SIZE:
    case _PC_REC_MAX_XFER_SIZE:
    case _PC_TIMESTAMP_RESOLUTION:
        return absent;
    default:
        return fail(EINVAL);
    }
}

}

extern "C" {

// -1 without errno: there is no such limit, or no such option.
long sysconf(int name)
{
    for (const Setting& setting : settings)
        if (setting.name == name)
            return setting.value;
    if (name >= _SC_LEVEL1_ICACHE_SIZE && name <= _SC_LEVEL4_CACHE_LINESIZE)
        return cache_setting(name - _SC_LEVEL1_ICACHE_SIZE);
    switch (name) {
    case _SC_CHILD_MAX:
        return limit_of(RLIMIT_NPROC);
    case _SC_OPEN_MAX:
    case _SC_STREAM_MAX:
        return limit_of(RLIMIT_NOFILE);
    case _SC_NPROCESSORS_CONF:
    case _SC_NPROCESSORS_ONLN:
        return static_cast<long>(skl_cpu_count());
    case _SC_PHYS_PAGES:
        return static_cast<long>(skl_memory_total() / page_size);
    case _SC_AVPHYS_PAGES:
        return static_cast<long>(skl_memory_free() / page_size);
    case _SC_MINSIGSTKSZ:
        return least_signal_stack();
    case _SC_SIGSTKSZ:
        return 4 * least_signal_stack(); // as glibc
    default:
        return fail(EINVAL);
    }
}

long pathconf(const char* path, int name)
{
    struct statvfs system;
    return statvfs(path, &system) < 0 ? -1 : path_setting(name, system);
}

long fpathconf(int descriptor, int name)
{
    struct statvfs system;
    return fstatvfs(descriptor, &system) < 0 ? -1 : path_setting(name, system);
}

}
