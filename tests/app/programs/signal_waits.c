// SPDX-License-Identifier: MIT
// A signal that is let in only while its receiver waits ends the wait, however close to its begin the signal comes.
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

#define ROUNDS 400

static volatile sig_atomic_t handled;
static int asked; /* rounds; -1 at the end */
static pthread_t waiter;
static sigset_t usual; /* with the signal let in */

static void handler(int signal)
{
	(void)signal;
	handled++;
}

/* One signal a round, a little later each time. */
static void *sender(void *nothing)
{
	unsigned delay = 0;

	for (int round = 1;; round++) {
		int now;

		while ((now = __atomic_load_n(&asked, __ATOMIC_ACQUIRE)) < round && now >= 0)
			sched_yield();
		if (now < 0)
			return nothing;
		for (unsigned i = 0; i < delay; i++)
			__asm__ volatile("pause");
		delay = (delay + 37) % 4000;
		pthread_kill(waiter, SIGUSR1);
	}
}

static int by_sigsuspend(void)
{
	return sigsuspend(&usual);
}

static int by_ppoll(void)
{
	return ppoll(NULL, 0, NULL, &usual);
}

static int by_pselect(void)
{
	return pselect(0, NULL, NULL, NULL, NULL, &usual);
}

static void rounds(const char *name, int (*wait)(void))
{
	int good = 0;

	for (int i = 0; i < ROUNDS; i++) {
		handled = 0;
		__atomic_add_fetch(&asked, 1, __ATOMIC_RELEASE);
		errno = 0;
		good += wait() == -1 && errno == EINTR && handled == 1;
	}
	printf("%s: %d\n", name, good);
}

/* The second signal finds the handler of the first one waiting. */
static void nested(int signal)
{
	sigset_t others;

	(void)signal;
	sigfillset(&others);
	sigdelset(&others, SIGUSR1);
	raise(SIGUSR1);
	check("in a handler", sigsuspend(&others) == -1 && errno == EINTR && handled == 1);
}

static sigjmp_buf away;

static void leaves(int signal)
{
	siglongjmp(away, signal);
}

/* After it nobody waits any more: calls of Linux are not interrupted. */
static void left_by_a_jump(void)
{
	struct sigaction action = {.sa_handler = leaves};
	sigset_t only;
	char byte;
	int ends[2];

	sigfillset(&only);
	sigdelset(&only, SIGUSR1);
	sigdelset(&only, SIGALRM);
	sigaction(SIGALRM, &action, NULL);
	raise(SIGALRM); /* the lower number is handled first, and so the other one's handler while the wait ends */
	raise(SIGUSR1);
	if (sigsetjmp(away, 1) == 0)
		sigsuspend(&only);
	check("left by a jump", pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && read(ends[0], &byte, 1) == 1 && usleep(1000) == 0);
}

int main(void)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
	sigset_t mask;
	pthread_t thread;

	sigaction(SIGUSR1, &action, NULL);
	action.sa_handler = nested;
	sigaction(SIGUSR2, &action, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	sigaddset(&mask, SIGUSR2);
	sigaddset(&mask, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &mask, &usual);
	waiter = pthread_self();
	pthread_create(&thread, NULL, sender, NULL);
	rounds("sigsuspend", by_sigsuspend);
	rounds("ppoll", by_ppoll);
	rounds("pselect", by_pselect);
	__atomic_store_n(&asked, -1, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);

	handled = 0;
	raise(SIGUSR2);
	sigdelset(&usual, SIGUSR2);
	sigaddset(&usual, SIGUSR1);
	check("around a handler", sigsuspend(&usual) == -1 && errno == EINTR && handled == 1);
	left_by_a_jump();
	return 0;
}
