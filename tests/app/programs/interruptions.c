// SPDX-License-Identifier: MIT
// Signals that come from Linux (timers, the process's own name) while the program computes, sleeps, or waits in a call.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t calls, last;
static volatile long first; /* milliseconds, of the first call */

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void note(int signal)
{
	if (calls++ == 0)
		first = milliseconds();
	last = signal;
}

static void install(int signal, int flags)
{
	struct sigaction action = {.sa_handler = note, .sa_flags = flags};

	sigemptyset(&action.sa_mask);
	sigaction(signal, &action, NULL);
	calls = 0;
}

static void timer(int milliseconds, int again)
{
	struct itimerval value = {.it_value = {0, milliseconds * 1000}, .it_interval = {0, again * 1000}};

	setitimer(ITIMER_REAL, &value, NULL);
}

static void computing(void)
{
	volatile double sum = 0;

	install(SIGALRM, SA_RESTART);
	timer(5, 5);
	while (calls < 5)
		for (int i = 0; i < 1000; i++)
			sum += 1.0 / (i + 1);
	timer(0, 0);
	printf("computing: %d\n", calls >= 5 && last == SIGALRM && sum > 0);
}

static void sleeping(void)
{
	struct timespec time = {60, 0}, left;

	install(SIGALRM, 0);
	timer(20, 0);
	errno = 0;
	int result = nanosleep(&time, &left);
	printf("nanosleep: %d %d left %d\n", result, errno == EINTR, left.tv_sec >= 50);
	timer(20, 0);
	printf("sleep: %d\n", sleep(60) >= 50);
	alarm(1);
	result = pause();
	printf("pause: %d %d\n", result, errno == EINTR);
}

static void in_a_call(int flags)
{
	int ends[2];
	char byte = 0;

	pipe(ends);
	install(SIGALRM, flags);
	timer(20, flags ? 20 : 0);
	if (!flags) {
		ssize_t got = read(ends[0], &byte, 1);
		printf("read ends: %zd %d\n", got, errno == EINTR);
	} else {
		/* The third time the handler has run, something is there to be read. */
		while (calls < 3) {
			struct pollfd none = {.fd = ends[0], .events = POLLIN};
			int result = poll(&none, 1, 10000);
			if (calls < 3 && !(result == -1 && errno == EINTR))
				printf("poll: %d\n", result);
		}
		timer(0, 0);
		write(ends[1], "x", 1);
		ssize_t got = read(ends[0], &byte, 1);
		printf("read: %zd %c\n", got, byte);
	}
	close(ends[0]);
	close(ends[1]);
}

/* Whatever else happens while the handler is on its way. One that comes before the call is of no use to it: then the second one ends it. */
static void each_time(void)
{
	int ends[2], wrong = 0;
	char byte;

	pipe(ends);
	install(SIGALRM, 0);
	for (int i = 0; i < 100; i++) {
		calls = 0;
		timer(30, 900);
		long begin = milliseconds();
		wrong += read(ends[0], &byte, 1) != -1 || errno != EINTR || (calls > 1 && first > begin + 10);
		timer(0, 0);
	}
	printf("read ends each time: %d\n", wrong == 0);
	close(ends[0]);
	close(ends[1]);
}

static void waiting(void)
{
	sigset_t set, before;
	siginfo_t info;
	int signal;
	struct timespec soon = {0, 1000000};
	union sigval value = {.sival_int = 77};

	install(SIGUSR1, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, &before);
	kill(getpid(), SIGUSR1);
	printf("blocked: %d\n", calls);
	int result = sigwait(&set, &signal);
	printf("sigwait: %d %d\n", result, signal);
	result = sigtimedwait(&set, &info, &soon);
	printf("sigtimedwait: %d %d\n", result, errno == EAGAIN);
	sigqueue(getpid(), SIGUSR1, value);
	signal = sigwaitinfo(&set, &info);
	printf("sigwaitinfo: %d code %d value %d own %d\n", signal, info.si_code, info.si_value.sival_int, info.si_pid == getpid());
	timer(20, 0);
	printf("from the timer: %d\n", sigwaitinfo(&set, &info));
	install(SIGALRM, 0);
	timer(20, 0);
	result = sigsuspend(&before);
	printf("sigsuspend: %d %d calls %d\n", result, errno == EINTR, calls);
	timer(20, 0);
	struct timespec minute = {60, 0};
	result = ppoll(NULL, 0, &minute, &before);
	printf("ppoll: %d %d calls %d\n", result, errno == EINTR, calls);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void realtime(void)
{
	sigset_t set;
	siginfo_t info;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < 3; i++)
		sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i});
	sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 9});
	for (int i = 0; i < 4; i++) {
		int signal = sigwaitinfo(&set, &info);
		printf("RTMIN+%d: %d\n", signal - SIGRTMIN, info.si_value.sival_int);
	}
}

int main(void)
{
	computing();
	sleeping();
	in_a_call(0);
	in_a_call(SA_RESTART);
	each_time();
	waiting();
	realtime();
	return 0;
}
