// SPDX-License-Identifier: MIT
// Files, heap, signals, library locks and what the isle is: the rest of <hermit/syscall.h>. An argument: the isle's number.
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <hermit/processor.h>
#include <hermit/signal.h>
#include <hermit/string.h>
#include <hermit/syscall.h>
#include <hermit/time.h>
#include <stdlib.h>
#include <unistd.h>

static sem_t *started, *done;
static volatile int own_signal, task_signal, posix_signal;
static volatile tid_t own_thread, task_thread;
static tid_t task;
static int set_by_clone;

static void files(void)
{
	char text[8] = "";
	int fd = sys_open("hermit.txt", O_CREAT | O_RDWR | O_TRUNC, 0600);

	errno = 0;
	check("written", fd >= 0 && sys_write(fd, "HermitCore", 10) == 10);
	check("found again", sys_lseek(fd, 6, SEEK_SET) == 6 && sys_read(fd, text, sizeof text) == 4 && memcmp(text, "Core", 4) == 0);
	check("end of file", sys_read(fd, text, sizeof text) == 0);
	check("closed", sys_close(fd) == 0 && sys_close(fd) == -EBADF);
	check("no such file", sys_open("nowhere/at/all", O_RDONLY, 0) == -ENOENT);
	check("no such descriptor", sys_write(99, "x", 1) == -EBADF && sys_read(99, text, 1) == -EBADF && sys_lseek(99, 0, SEEK_SET) == -EBADF);
	check("nothing to write", sys_write(1, NULL, 1) == -EINVAL);
	check("errno is left alone", errno == 0);
	unlink("hermit.txt");
}

static void heap(void)
{
	char *before = (char *)sys_sbrk(0), *block = (char *)sys_sbrk(8192);

	check("the heap grows", block == before && (char *)sys_sbrk(0) == before + 8192);
	memset(block, 1, 8192);
	check("and shrinks", (char *)sys_sbrk(-8192) == before + 8192 && (char *)sys_sbrk(0) == before);
	check("but not without end", sys_sbrk(1l << 46) == -ENOMEM);
}

static void note_own(int signal)
{
	own_signal = signal;
	own_thread = sys_getpid();
	errno = EBUSY;
}

static void note_task(int signal)
{
	task_signal = signal;
	task_thread = sys_getpid();
	sys_sem_post(done);
}

static void note_posix(int signal)
{
	posix_signal = signal;
}

static void wait_for_signals(void *handler)
{
	sys_signal((signal_handler_t)handler);
	sys_sem_post(started);
	while (task_signal != 9)
		if (task_signal % 2)
			PAUSE; // the next one reaches it while it computes
		else
			sys_msleep(200);
	sys_signal(NULL);
	sys_sem_post(done);
}

static void signals(void)
{
	errno = 0;
	check("without a handler nothing happens", sys_kill(sys_getpid(), 15) == 0 && sys_kill(sys_getpid(), 9) == 0);
	signal(SIGUSR1, note_posix);
	check("POSIX's handler is asked", sys_kill(sys_getpid(), SIGUSR1) == 0 && posix_signal == SIGUSR1);
	check("the caller's own is called", sys_signal(note_own) == 0 && sys_kill(sys_getpid(), 0) == 0 && own_thread == sys_getpid() &&
						 hermit_kill(sys_getpid(), 31) == 0 && own_signal == 31 && errno == 0);
	posix_signal = 0;
	check("before POSIX's", sys_kill(sys_getpid(), SIGUSR1) == 0 && own_signal == SIGUSR1 && posix_signal == 0);
	sys_clone(&task, (void *)wait_for_signals, (void *)note_task);
	sys_sem_wait(started);
	own_signal = 0;
	for (int number = 1; number <= 9; number += 2) {
		sys_kill(task, number - 1);
		sys_sem_wait(done);
		sys_kill(task, number);
		sys_sem_wait(done);
	}
	sys_sem_wait(done);
	check("another thread's is called there", task_signal == 9 && task_thread == task && own_signal == 0);
	check("no such signal", sys_kill(sys_getpid(), 32) == -EINVAL && sys_kill(sys_getpid(), -1) == -EINVAL);
	check("no such thread", sys_kill(sys_getpid() + 1000, 1) == -ENOENT);
	hermit_signal(NULL);
}

static void set_variable(void *unused)
{
	(void)unused;
	sys_sem_post(started);
	setenv("SET_BY", "clone", 1);
	set_by_clone = 1;
	sys_sem_post(done);
}

static void library_locks(void)
{
	void *block;

	__sys_malloc_lock();
	__sys_malloc_lock();
	block = malloc(100);
	__sys_malloc_unlock();
	__sys_malloc_unlock();
	check("who has the heap can allocate", block != NULL);
	free(block);
	__sys_env_lock();
	sys_clone(NULL, (void *)set_variable, NULL);
	sys_sem_wait(started);
	check("who has the environment keeps others out", sys_sem_timedwait(done, 30) == -ETIME && !set_by_clone && !getenv("SET_BY"));
	__sys_env_unlock();
	sys_sem_wait(done);
	check("for as long as wanted", strcmp(getenv("SET_BY"), "clone") == 0);
}

static void machine(const char *isle)
{
	uint64_t begin, ticks;

	check("isle", isle_id() == (isle ? atoi(isle) : -1));
	check("frequency", get_cpufreq() > 100 && get_cpufreq() == get_cpu_frequency());
	begin = get_rdtsc();
	sys_msleep(50);
	ticks = get_rdtsc() - begin;
	check("the counter runs that fast", ticks >= 49000ull * get_cpufreq());
	begin = rdtsc();
	udelay(2000);
	check("a delay delays", rdtsc() - begin >= 2000ull * get_cpufreq());
	check("bits", lsb(0x50) == 4 && msb(0x50) == 6 && lsb(0) == 64 && msb(0) == 64);
	mb();
	rmb();
	wmb();
	check("this CPU", CORE_ID < MAX_CORES);
	check("no messages yet", sys_rcce_init(42) == -ENOSYS && sys_rcce_malloc(42, 0) == (size_t)-ENOSYS && sys_rcce_fini(42) == -ENOSYS);
}

int main(int argc, char **argv)
{
	(void)argc;
	if (sys_sem_init(&started, 0) || sys_sem_init(&done, 0))
		return 1;
	files();
	heap();
	signals();
	library_locks();
	machine(argv[1]);
	check("to the end", 1);
	fflush(stdout);
	atexit(abort); // which sys_exit() does not run
	sys_exit(0);
}
