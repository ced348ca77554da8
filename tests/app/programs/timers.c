// SPDX-License-Identifier: MIT
// Timers of timer_create(), and those of setitimer() that count what the program computes.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

#define MILLISECOND 1000000L

static volatile sig_atomic_t handled;
static siginfo_t last;

static void handler(int signal, siginfo_t *info, void *context)
{
	last = *info;
	handled++;
	(void)signal;
	(void)context;
}

static void handle(int signal)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};

	handled = 0;
	sigaction(signal, &action, NULL);
}

/* Between a look at handled and pause() the signal could slip through. */
static void wait_for(int signal)
{
	sigset_t only, before;

	sigemptyset(&only);
	sigaddset(&only, signal);
	sigprocmask(SIG_BLOCK, &only, &before);
	while (!handled)
		sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static long long now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static struct itimerspec after(long first, long again)
{
	return (struct itimerspec){.it_value = {first / (1000 * MILLISECOND), first % (1000 * MILLISECOND)},
				   .it_interval = {again / (1000 * MILLISECOND), again % (1000 * MILLISECOND)}};
}

static timer_t make(clockid_t clock, int notify, int signal, int value)
{
	struct sigevent event = {.sigev_notify = notify, .sigev_signo = signal, .sigev_value.sival_int = value};
	timer_t timer;

	if (timer_create(clock, &event, &timer) != 0)
		perror("timer_create");
	return timer;
}

static void arm(timer_t timer, long first, long again)
{
	struct itimerspec value = after(first, again);

	if (timer_settime(timer, 0, &value, NULL) != 0)
		perror("timer_settime");
}

static void refusals(void)
{
	struct sigevent bad = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = 1000};
	timer_t timer;
	struct itimerspec value = after(0, 0);

	check("no such clock", timer_create((clockid_t)77, NULL, &timer) == -1 && errno == EINVAL);
	check("no such signal", timer_create(CLOCK_MONOTONIC, &bad, &timer) == -1 && errno == EINVAL);
	timer = make(CLOCK_MONOTONIC, SIGEV_NONE, 0, 0);
	value.it_value.tv_nsec = 1000 * MILLISECOND;
	check("no such time", timer_settime(timer, 0, &value, NULL) == -1 && errno == EINVAL);
	check("not armed", timer_gettime(timer, &value) == 0 && value.it_value.tv_sec == 0 && value.it_value.tv_nsec == 0);
	value = after(1000 * 1000 * MILLISECOND, 5);
	struct itimerspec old;
	check("armed", timer_settime(timer, 0, &value, NULL) == 0 && timer_gettime(timer, &old) == 0);
	printf("%d %ld\n", old.it_value.tv_sec >= 900 && old.it_value.tv_sec <= 1000, old.it_interval.tv_nsec);
	value = after(0, 0);
	check("stopped", timer_settime(timer, 0, &value, &old) == 0 && old.it_value.tv_sec >= 900);
	check("deleted", timer_delete(timer) == 0 && timer_delete(timer) == -1 && errno == EINVAL);
}

static void once(void)
{
	long long start = now(CLOCK_MONOTONIC);
	timer_t timer = make(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGRTMIN + 3, 4711);

	handle(SIGRTMIN + 3);
	arm(timer, 20 * MILLISECOND, 0);
	while (!handled) /* computing, not waiting */
		;
	check("not too early", now(CLOCK_MONOTONIC) - start >= 20 * MILLISECOND);
	printf("%d %d %d %d\n", last.si_signo - SIGRTMIN, last.si_code == SI_TIMER, last.si_value.sival_int, last.si_overrun);
	usleep(30000);
	printf("%d\n", handled);
	timer_delete(timer);

	handle(SIGALRM);
	check("usual event", timer_create(CLOCK_REALTIME, NULL, &timer) == 0);
	arm(timer, 1, 0);
	wait_for(SIGALRM);
	printf("%d %d\n", last.si_signo == SIGALRM, last.si_code == SI_TIMER);
	timer_delete(timer);
}

static void again_and_again(void)
{
	sigset_t set;
	siginfo_t info;
	struct timespec nap = {0, 60 * MILLISECOND};
	timer_t timer = make(CLOCK_MONOTONIC, SIGEV_SIGNAL, SIGRTMIN, 1), other = make(CLOCK_REALTIME, SIGEV_SIGNAL, SIGRTMIN + 1, 2);
	long long start = now(CLOCK_MONOTONIC);

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	arm(timer, 10 * MILLISECOND, 10 * MILLISECOND);
	long beats = 0;
	while (beats < 10) {
		sigwaitinfo(&set, &info);
		beats += 1 + info.si_overrun;
	}
	check("ten beats take a tenth", now(CLOCK_MONOTONIC) - start >= 100 * MILLISECOND);
	arm(timer, MILLISECOND, MILLISECOND);
	nanosleep(&nap, NULL);
	sigwaitinfo(&set, &info);
	check("missed", info.si_overrun >= 20 && timer_getoverrun(timer) == info.si_overrun);
	arm(timer, 0, 0);
	while (sigtimedwait(&set, &info, &(struct timespec){0, 0}) > 0)
		;
	arm(other, 40 * MILLISECOND, 0);
	arm(timer, 10 * MILLISECOND, 0);
	sigwaitinfo(&set, &info);
	printf("%d", info.si_value.sival_int);
	sigwaitinfo(&set, &info);
	printf(" %d\n", info.si_value.sival_int);
	timer_delete(timer);
	timer_delete(other);
}

static void at_a_time(clockid_t clock)
{
	timer_t timer = make(clock, SIGEV_SIGNAL, SIGUSR1, 0);
	long long when = now(clock) + 30 * MILLISECOND;
	struct itimerspec value = {.it_value = {when / 1000000000, when % 1000000000}};

	handle(SIGUSR1);
	timer_settime(timer, TIMER_ABSTIME, &value, NULL);
	wait_for(SIGUSR1);
	check("at that time", now(clock) >= when);
	handle(SIGUSR1);
	value.it_value = (struct timespec){1, 0};
	timer_settime(timer, TIMER_ABSTIME, &value, NULL);
	while (!handled)
		usleep(1000);
	check("long past", handled == 1);
	timer_delete(timer);
}

static sem_t called;
static pthread_t caller;
static int value_seen;

static void notify(union sigval value)
{
	value_seen = value.sival_int;
	caller = pthread_self();
	sem_post(&called);
}

static void in_threads(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 99, .sigev_notify_function = notify};
	timer_t timer;

	sem_init(&called, 0, 0);
	check("SIGEV_THREAD", timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	arm(timer, 5 * MILLISECOND, 5 * MILLISECOND);
	for (int i = 0; i < 3; i++)
		while (sem_wait(&called) != 0)
			;
	arm(timer, 0, 0);
	printf("%d %d\n", value_seen, pthread_equal(caller, pthread_self()) != 0);
	timer_delete(timer);
}

static void compute_until_handled(void)
{
	volatile double value = 1;

	while (!handled)
		value = value * 1.0000001;
}

/* Linux counts in ticks, whoever computed when one came. */
#ifdef __linux__
#define TWO_PERIODS 1
#else
#define TWO_PERIODS (40 * MILLISECOND)
#endif

static void computing(void)
{
	timer_t timer = make(CLOCK_PROCESS_CPUTIME_ID, SIGEV_SIGNAL, SIGUSR2, 5);
	long long start = now(CLOCK_PROCESS_CPUTIME_ID);

	handle(SIGUSR2);
	arm(timer, 50 * MILLISECOND, 0);
	compute_until_handled();
	check("computed so long", now(CLOCK_PROCESS_CPUTIME_ID) - start >= 50 * MILLISECOND);
	timer_delete(timer);
	for (int which = ITIMER_VIRTUAL; which <= ITIMER_PROF; which++) {
		struct itimerval value = {.it_value = {0, 40000}, .it_interval = {0, 10000}}, old;

		handle(which == ITIMER_PROF ? SIGPROF : SIGVTALRM);
		check("unset", getitimer(which, &value) == 0 && value.it_value.tv_sec == 0 && value.it_value.tv_usec == 0);
		value = (struct itimerval){.it_value = {0, 40000}, .it_interval = {0, 20000}};
		check("set", setitimer(which, &value, &old) == 0 && old.it_value.tv_usec == 0);
		usleep(100000);
		printf("%d while it slept\n", handled);
		start = now(CLOCK_PROCESS_CPUTIME_ID);
		compute_until_handled();
		handled = 0;
		compute_until_handled();
		check("twice", now(CLOCK_PROCESS_CPUTIME_ID) - start >= TWO_PERIODS);
		value = (struct itimerval){0};
		check("stopped", setitimer(which, &value, &old) == 0 && old.it_interval.tv_usec == 20000);
	}
}

static void clocks_of_computing(void)
{
	clockid_t process, thread;
	long long before;

	check("clock_getcpuclockid", clock_getcpuclockid(0, &process) == 0 && now(process) > 0);
	check("pthread_getcpuclockid", pthread_getcpuclockid(pthread_self(), &thread) == 0);
	before = now(thread);
	for (volatile int i = 0; i < 1000000; i++)
		;
	check("goes on", now(thread) >= before && now(process) >= now(CLOCK_THREAD_CPUTIME_ID));
	check("no such process", clock_getcpuclockid(0x7ffffff0, &process) == ESRCH);
}

int main(void)
{
	refusals();
	once();
	again_and_again();
	at_a_time(CLOCK_REALTIME);
	at_a_time(CLOCK_MONOTONIC);
	in_threads();
	computing();
	clocks_of_computing();
}
