// SPDX-License-Identifier: MIT
// What the system says of itself: sysconf, pathconf, confstr, getrusage.
#include "check.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define MIB (1L << 20)

struct name {
	const char *text;
	int name;
};
#define N(name) { #name, name }

/* What an isle has, Linux has. */
static const struct name options[] = {
	N(_SC_VERSION), N(_SC_THREADS), N(_SC_THREAD_ATTR_STACKADDR), N(_SC_THREAD_ATTR_STACKSIZE), N(_SC_THREAD_SAFE_FUNCTIONS),
	N(_SC_BARRIERS), N(_SC_SPIN_LOCKS), N(_SC_READER_WRITER_LOCKS), N(_SC_SEMAPHORES), N(_SC_TIMEOUTS), N(_SC_SPAWN),
	N(_SC_MONOTONIC_CLOCK), N(_SC_CPUTIME), N(_SC_THREAD_CPUTIME), N(_SC_CLOCK_SELECTION), N(_SC_REALTIME_SIGNALS), N(_SC_FSYNC),
	N(_SC_MEMLOCK), N(_SC_MEMLOCK_RANGE), N(_SC_MEMORY_PROTECTION), N(_SC_SYNCHRONIZED_IO), N(_SC_ADVISORY_INFO), N(_SC_REGEXP),
	N(_SC_SHELL), N(_SC_TIMERS), N(_SC_ASYNCHRONOUS_IO), N(_SC_JOB_CONTROL), N(_SC_SAVED_IDS), N(_SC_V7_LP64_OFF64), N(_SC_2_VERSION), N(_SC_2_C_BIND), N(_SC_2_LOCALEDEF),
};
/* The same everywhere. */
static const struct name values[] = {
	N(_SC_PAGESIZE), N(_SC_PAGE_SIZE), N(_SC_CLK_TCK), N(_SC_IOV_MAX), N(_SC_UIO_MAXIOV), N(_SC_HOST_NAME_MAX), N(_SC_LOGIN_NAME_MAX),
	N(_SC_TTY_NAME_MAX), N(_SC_NGROUPS_MAX), N(_SC_SYMLOOP_MAX), N(_SC_SEM_VALUE_MAX), N(_SC_SEM_NSEMS_MAX), N(_SC_NZERO),
	N(_SC_THREAD_KEYS_MAX), N(_SC_THREAD_DESTRUCTOR_ITERATIONS), N(_SC_BC_BASE_MAX), N(_SC_BC_DIM_MAX), N(_SC_BC_SCALE_MAX),
	N(_SC_BC_STRING_MAX), N(_SC_EXPR_NEST_MAX), N(_SC_LINE_MAX), N(_SC_SPORADIC_SERVER), N(_SC_THREAD_SPORADIC_SERVER), N(_SC_TRACE),
	N(_SC_TYPED_MEMORY_OBJECTS), N(_SC_V7_ILP32_OFF32), N(_SC_V7_ILP32_OFFBIG), N(_SC_2_PBS), N(_SC_2_FORT_RUN),
};
/* Known, whatever they are. */
static const struct name known[] = {
	N(_SC_ARG_MAX), N(_SC_CHILD_MAX), N(_SC_OPEN_MAX), N(_SC_STREAM_MAX), N(_SC_TZNAME_MAX), N(_SC_MQ_OPEN_MAX), N(_SC_MQ_PRIO_MAX),
	N(_SC_RTSIG_MAX), N(_SC_SIGQUEUE_MAX), N(_SC_TIMER_MAX), N(_SC_MAPPED_FILES), N(_SC_MESSAGE_PASSING),
	N(_SC_PRIORITIZED_IO), N(_SC_SHARED_MEMORY_OBJECTS), N(_SC_AIO_LISTIO_MAX), N(_SC_AIO_MAX), N(_SC_AIO_PRIO_DELTA_MAX),
	N(_SC_DELAYTIMER_MAX), N(_SC_THREAD_STACK_MIN), N(_SC_THREAD_THREADS_MAX), N(_SC_THREAD_PRIORITY_SCHEDULING),
	N(_SC_THREAD_PRIO_INHERIT), N(_SC_THREAD_PRIO_PROTECT), N(_SC_THREAD_PROCESS_SHARED), N(_SC_GETGR_R_SIZE_MAX),
	N(_SC_GETPW_R_SIZE_MAX), N(_SC_ATEXIT_MAX), N(_SC_COLL_WEIGHTS_MAX), N(_SC_IPV6), N(_SC_RAW_SOCKETS), N(_SC_RE_DUP_MAX),
	N(_SC_TRACE_EVENT_FILTER), N(_SC_TRACE_EVENT_NAME_MAX), N(_SC_TRACE_INHERIT), N(_SC_TRACE_LOG),
	N(_SC_TRACE_NAME_MAX), N(_SC_TRACE_SYS_MAX), N(_SC_TRACE_USER_EVENT_MAX), N(_SC_V7_LPBIG_OFFBIG), N(_SC_XOPEN_CRYPT),
	N(_SC_XOPEN_ENH_I18N), N(_SC_XOPEN_LEGACY), N(_SC_XOPEN_REALTIME), N(_SC_PRIORITY_SCHEDULING), N(_SC_XOPEN_REALTIME_THREADS),
	N(_SC_XOPEN_SHM), N(_SC_XOPEN_STREAMS), N(_SC_XOPEN_UNIX), N(_SC_XOPEN_VERSION), N(_SC_XOPEN_XCU_VERSION), N(_SC_2_CHAR_TERM),
	N(_SC_2_C_DEV), N(_SC_2_FORT_DEV), N(_SC_2_PBS_ACCOUNTING), N(_SC_2_PBS_CHECKPOINT), N(_SC_2_PBS_LOCATE), N(_SC_2_PBS_MESSAGE),
	N(_SC_2_PBS_TRACK), N(_SC_2_SW_DEV), N(_SC_2_UPE),
	N(_SC_LEVEL1_ICACHE_SIZE), N(_SC_LEVEL1_ICACHE_ASSOC), N(_SC_LEVEL1_ICACHE_LINESIZE), N(_SC_LEVEL1_DCACHE_SIZE),
	N(_SC_LEVEL1_DCACHE_ASSOC), N(_SC_LEVEL1_DCACHE_LINESIZE), N(_SC_LEVEL2_CACHE_SIZE), N(_SC_LEVEL2_CACHE_ASSOC),
	N(_SC_LEVEL2_CACHE_LINESIZE), N(_SC_LEVEL3_CACHE_SIZE), N(_SC_LEVEL3_CACHE_ASSOC), N(_SC_LEVEL3_CACHE_LINESIZE),
	N(_SC_LEVEL4_CACHE_SIZE), N(_SC_LEVEL4_CACHE_ASSOC), N(_SC_LEVEL4_CACHE_LINESIZE), N(_SC_MINSIGSTKSZ), N(_SC_SIGSTKSZ),
};

#define EACH(list) (size_t i = 0; i < sizeof(list) / sizeof *(list); i++)

static long limit(int resource)
{
	struct rlimit found;

	return getrlimit(resource, &found) == 0 && found.rlim_cur != RLIM_INFINITY ? (long)found.rlim_cur : -1;
}

static void settings(void)
{
	for EACH(options)
		check(options[i].text, sysconf(options[i].name) > 0);
	for EACH(values)
		printf("%s: %ld\n", values[i].text, sysconf(values[i].name));
	for EACH(known) {
		errno = 0;
		check(known[i].text, sysconf(known[i].name) >= -1 && errno == 0);
	}
	for (int i = 0; i < 3; i++) {
		const int unknown[] = { -1, 100000, INT_MAX };
		errno = 0;
		check("unknown", sysconf(unknown[i]) == -1 && errno == EINVAL);
	}
	check("files", sysconf(_SC_OPEN_MAX) == limit(RLIMIT_NOFILE));
	check("children", sysconf(_SC_CHILD_MAX) == limit(RLIMIT_NPROC));
	check("processors", sysconf(_SC_NPROCESSORS_ONLN) >= 1 && sysconf(_SC_NPROCESSORS_CONF) >= sysconf(_SC_NPROCESSORS_ONLN));
	check("memory", sysconf(_SC_PHYS_PAGES) > sysconf(_SC_AVPHYS_PAGES) && sysconf(_SC_AVPHYS_PAGES) > 0);
	check("signal stacks", sysconf(_SC_SIGSTKSZ) >= sysconf(_SC_MINSIGSTKSZ) && sysconf(_SC_MINSIGSTKSZ) >= 2048);
	check("arguments", sysconf(_SC_ARG_MAX) >= 131072);
}

/* None, or one that its lines fill; of the other levels glibc does not know everything. */
static int plausible(int size_name)
{
	long size = sysconf(size_name), ways = sysconf(size_name + 1), line = sysconf(size_name + 2);

	if (size == 0)
		return 1;
	return size > 0 && line >= 16 && (line & (line - 1)) == 0 && ways >= 1 && size % line == 0;
}

static void caches(void)
{
	check("data", plausible(_SC_LEVEL1_DCACHE_SIZE));
	check("second", plausible(_SC_LEVEL2_CACHE_SIZE));
}

static void paths(void)
{
	struct statvfs system;

	statvfs(".", &system);
	printf("%ld %ld %ld %ld\n", pathconf(".", _PC_PATH_MAX), pathconf(".", _PC_PIPE_BUF), pathconf(".", _PC_MAX_CANON), pathconf(".", _PC_VDISABLE));
	check("names", pathconf(".", _PC_NAME_MAX) == (long)system.f_namemax && fpathconf(1, _PC_PIPE_BUF) == 4096);
	check("blocks", pathconf(".", _PC_ALLOC_SIZE_MIN) == (long)system.f_frsize && pathconf(".", _PC_REC_MIN_XFER_SIZE) == (long)system.f_bsize);
	check("links", pathconf(".", _PC_LINK_MAX) >= 8 && pathconf(".", _PC_2_SYMLINKS) != 0);
	check("truncated never", pathconf(".", _PC_NO_TRUNC) == 1 && pathconf(".", _PC_CHOWN_RESTRICTED) == 1);
	check("no such file", pathconf("/nowhere", _PC_NAME_MAX) == -1 && errno == ENOENT);
	check("no such name", pathconf(".", 1000) == -1 && errno == EINVAL);
	check("no such descriptor", fpathconf(99, _PC_NAME_MAX) == -1 && errno == EBADF);
}

static void strings(void)
{
	char value[64] = "";
	size_t length = confstr(_CS_PATH, NULL, 0);

	check("path", length > 1 && confstr(_CS_PATH, value, sizeof value) == length && strlen(value) == length - 1);
	check("cut off", confstr(_CS_PATH, value, 4) == length && strlen(value) == 3);
	errno = 0;
	check("unknown", confstr(100000, value, sizeof value) == 0 && errno == EINVAL);
}

static long milliseconds(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000 + usage.ru_stime.tv_sec * 1000 + usage.ru_stime.tv_usec / 1000;
}

static long peak(int who)
{
	struct rusage usage = { 0 };

	getrusage(who, &usage);
	return usage.ru_maxrss;
}

static void usage(void)
{
	long before = peak(RUSAGE_SELF), size = 48 * MIB;
	char *large = malloc(size);
	struct rusage none;

	memset(large, 1, size);
	long with = peak(RUSAGE_SELF);
	check("peak", before > 0 && with >= before && with >= size / 1024);
	large = realloc(large, 1);
	check("stays", peak(RUSAGE_SELF) >= with && peak(RUSAGE_THREAD) >= with);
	free(large);
	while (milliseconds(RUSAGE_THREAD) < 20)
		;
	check("time", milliseconds(RUSAGE_SELF) >= 20);
	check("no children", milliseconds(RUSAGE_CHILDREN) == 0 && peak(RUSAGE_CHILDREN) == 0);
	check("nobody", getrusage(7, &none) == -1 && errno == EINVAL);
}

int main(void)
{
	settings();
	caches();
	paths();
	strings();
	usage();
	return 0;
}
