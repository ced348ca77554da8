/* SPDX-License-Identifier: MIT */
/*
 * Runs many tests in one program, one after the other, each under signal handlers and an alarm, and prints a line for each.
 * The batch is an array that tests/suites/batch.py writes; calls of exit() and abort() in a test come here by other names.
 * Results go out with write(): a test may do to stdio what it likes.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct suite_test {
	const char *number;
	int (*main)(int argc, char **argv);
};

extern const struct suite_test suite_tests[];
extern const unsigned suite_seconds;

enum { ENDED = 1, ABORTED, SIGNALLED };

static sigjmp_buf back;
static volatile int how_ended, with_what;
static const int signals[] = { SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS };
static char handler_stack[64 * 1024];

static void leave(int how, int what)
{
	how_ended = how;
	with_what = what;
	siglongjmp(back, 1);
}

void suite_exit(int status)
{
	leave(ENDED, status & 0xff);
}

void suite__exit(int status)
{
	suite_exit(status);
}

void suite__Exit(int status)
{
	suite_exit(status);
}

void suite_abort(void)
{
	leave(ABORTED, 0);
}

static void on_signal(int number)
{
	leave(SIGNALLED, number);
}

static void say(const char *number, const char *text, int value)
{
	char line[80];
	int length = snprintf(line, sizeof(line), "\n@suite %s %s %d\n", number, text, value);

	if (write(STDOUT_FILENO, line, length) != length)
		_exit(3);
}

/* What a test may have left changed. */
static void restore(void)
{
	static const unsigned usual_mxcsr = 0x1f80;
	sigset_t none;
	unsigned i;

	__asm__ volatile("cld; fninit; ldmxcsr %0" ::"m"(usual_mxcsr));
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct sigaction action;

		memset(&action, 0, sizeof(action));
		action.sa_handler = on_signal;
		action.sa_flags = SA_ONSTACK;
		sigaction(signals[i], &action, NULL);
	}
}

static void run(const struct suite_test *test)
{
	static char name[] = "test";
	char *argv[] = { name, NULL };

	how_ended = 0;
	restore();
	say(test->number, "begins", 0);
	if (sigsetjmp(back, 1) == 0) {
		alarm(suite_seconds);
		with_what = test->main(1, argv) & 0xff;
		how_ended = ENDED;
	}
	alarm(0);
	restore();
	fflush(stdout);
	switch (how_ended) {
	case ENDED:
		say(test->number, with_what ? "status" : "passed", with_what);
		break;
	case ABORTED:
		say(test->number, "aborted", 0);
		break;
	default:
		say(test->number, "signal", with_what);
	}
}

int main(void)
{
	stack_t stack;
	const struct suite_test *test;

	memset(&stack, 0, sizeof(stack));
	stack.ss_sp = handler_stack;
	stack.ss_size = sizeof(handler_stack);
	sigaltstack(&stack, NULL);
	for (test = suite_tests; test->number; test++)
		run(test);
	say("all", "done", 0);
	_exit(0);
}
