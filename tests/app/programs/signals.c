// SPDX-License-Identifier: MIT
// Signals that a program sends itself: handlers, masks, what is pending, what is ignored.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t calls, last, nested;

static void note(int signal)
{
	calls++;
	last = signal;
}

static void note_twice(int signal)
{
	sigset_t blocked;

	if (signal == SIGUSR1 && nested++ == 0) {
		sigprocmask(SIG_BLOCK, NULL, &blocked);
		printf("own signal blocked %d, mask of action blocked %d\n", sigismember(&blocked, SIGUSR1), sigismember(&blocked, SIGUSR2));
		raise(SIGUSR1); /* waits until this one is done */
		printf("still first: %d\n", (int)nested);
	}
	calls++;
}

int main(void)
{
	struct sigaction action = {.sa_handler = note}, old;
	sigset_t set, pending;

	sigaction(SIGUSR1, &action, &old);
	printf("default before: %d\n", old.sa_handler == SIG_DFL);
	raise(SIGUSR1);
	raise(SIGUSR1);
	printf("handler stays: %d %d\n", (int)calls, last == SIGUSR1);
	kill(getpid(), SIGUSR1);
	printf("kill: %d\n", (int)calls);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	sigpending(&pending);
	printf("blocked: %d, pending %d\n", (int)calls, sigismember(&pending, SIGUSR1));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	printf("delivered: %d\n", (int)calls);

	action.sa_handler = note_twice;
	sigaddset(&action.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &action, NULL);
	calls = 0;
	raise(SIGUSR1);
	printf("both: %d %d\n", (int)calls, (int)nested);

	action.sa_handler = note;
	action.sa_flags = (int)SA_RESETHAND;
	sigaction(SIGUSR2, &action, NULL);
	raise(SIGUSR2);
	sigaction(SIGUSR2, NULL, &old);
	printf("reset: %d\n", old.sa_handler == SIG_DFL);

	printf("ignored: %d\n", signal(SIGTERM, SIG_IGN) == SIG_DFL && raise(SIGTERM) == 0);
	printf("by default: %d\n", raise(SIGCHLD) == 0 && raise(SIGURG) == 0);
	printf("refused: %d %d\n", sigaction(SIGKILL, &action, NULL) == -1 && errno == EINVAL, sigaction(99, &action, NULL) == -1);

	int ends[2];
	signal(SIGPIPE, SIG_IGN);
	pipe(ends);
	close(ends[0]);
	ssize_t written = write(ends[1], "x", 1);
	printf("ignored SIGPIPE: %d %d\n", written == -1, errno == EPIPE);
	signal(SIGPIPE, SIG_DFL);
	fflush(stdout);
	write(ends[1], "x", 1);
	printf("not reached\n");
	return 0;
}
