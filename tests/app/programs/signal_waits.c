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

#define ROUNDS 1000

static volatile sig_atomic_t handled;
static int asked; /* rounds; -1 at the end */
static pthread_t waiter;
static sigset_t usual; /* with the signal let in */

static void handler(int signal)
{
	(void)signal;
	handled++;
}

static void delay(unsigned count)
{
	for (volatile unsigned i = 0; i < count; i++)
		;
}

/* Who is earlier, and by how much, changes from round to round. */
static void ask(int round)
{
	__atomic_add_fetch(&asked, 1, __ATOMIC_RELEASE);
	delay(round * 37 % 400);
}

/* One signal a round, to the thread and to the process in turn. */
static void *sender(void *nothing)
{
	for (int round = 1;; round++) {
		int now;

		while ((now = __atomic_load_n(&asked, __ATOMIC_ACQUIRE)) < round && now >= 0)
			sched_yield();
		if (now < 0)
			return nothing;
		delay(round % 16 == 0 ? round * 10 % 8000 : round * 7 % 100);
		if (round % 2)
			pthread_kill(waiter, SIGUSR1);
		else
			kill(getpid(), SIGUSR1);
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
		ask(i);
		errno = 0;
		good += wait() == -1 && errno == EINTR && handled == 1;
	}
	printf("%s: %d\n", name, good);
}

static void rounds_of_sigwait(void)
{
	sigset_t only;
	int good = 0;

	sigemptyset(&only);
	sigaddset(&only, SIGUSR1);
	for (int i = 0; i < ROUNDS; i++) {
		ask(i);
		good += sigwaitinfo(&only, NULL) == SIGUSR1;
	}
	printf("sigwaitinfo: %d\n", good);
}

/* Let in without a wait: handled at the latest when the mask has changed. */
static void rounds_of_a_mask(void)
{
	int good = 0;

	for (int i = 0; i < ROUNDS / 4; i++) { /* on one CPU, a turn each */
		sigset_t closed;

		handled = 0;
		ask(i);
		pthread_sigmask(SIG_SETMASK, &usual, &closed);
		while (!handled) /* computing, not waiting */
			;
		pthread_sigmask(SIG_SETMASK, &closed, NULL);
		good += handled == 1;
	}
	printf("pthread_sigmask: %d\n", good);
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

/* After it nobody waits any more: calls of Linux are not interrupted, not even when a handler has run meanwhile. */
static void left_by_a_jump(void)
{
	struct sigaction action = {.sa_handler = leaves};
	sigset_t only;
	struct pollfd nothing = {.events = POLLIN};
	int ends[2];

	sigfillset(&only);
	sigdelset(&only, SIGUSR1);
	sigdelset(&only, SIGALRM);
	sigaction(SIGALRM, &action, NULL);
	raise(SIGALRM); /* the lower number is handled first, and so the other one's handler while the wait ends */
	raise(SIGUSR1);
	if (sigsetjmp(away, 1) == 0)
		sigsuspend(&only);
	sigemptyset(&only);
	sigaddset(&only, SIGUSR1);
	pthread_sigmask(SIG_UNBLOCK, &only, NULL);
	handled = 0;
	raise(SIGUSR1);
	check("left by a jump", handled == 1 && pipe(ends) == 0 && (nothing.fd = ends[0], poll(&nothing, 1, 20) == 0));
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
	rounds_of_sigwait();
	rounds_of_a_mask();
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
