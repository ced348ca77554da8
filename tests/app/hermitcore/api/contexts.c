// SPDX-License-Identifier: MIT
// Contexts: arguments, links, masks, floating point, generators that take turns, threads that each have theirs.
#include "check.h"

#include <fenv.h>
#include <hermit/syscall.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

#define STACK (64 * 1024)
#define TURNS 1000
#define THREADS 4

static char stack[2][STACK];
static ucontext_t back, flow[2];
static long seen[9], turns[2];
static int steps;
static volatile int handled;

static void make(ucontext_t *context, char *memory, ucontext_t *link)
{
	getcontext(context);
	context->uc_stack.ss_sp = memory;
	context->uc_stack.ss_size = STACK;
	context->uc_link = link;
}

static void take(long a, long b, long c, long d, long e, long f, long g, long h, long i)
{
	long all[] = {a, b, c, d, e, f, g, h, i};
	_Alignas(16) volatile double aligned[2] = {0};

	memcpy(seen, all, sizeof seen);
	steps = ((unsigned long)aligned & 15) == 0 ? 1 : -1;
}

static void arguments(void)
{
	const long wanted[] = {1, 2, 3, 4, 5, 6, 7, -8, 1l << 40};

	make(&flow[0], stack[0], &back);
	makecontext(&flow[0], (void (*)(void))take, 9, 1l, 2l, 3l, 4l, 5l, 6l, 7l, -8l, 1l << 40);
	check("there and back by the link", swapcontext(&back, &flow[0]) == 0 && steps == 1);
	check("nine arguments", memcmp(seen, wanted, sizeof wanted) == 0);
}

static void take_turns(int me)
{
	double sum = 0;

	for (int i = 0; i < TURNS; i++) {
		turns[me]++;
		sum += 1.5;
		swapcontext(&flow[me], &flow[1 - me]);
	}
	turns[me] += sum == TURNS * 1.5 ? 0 : 1000000;
}

static void generators(void)
{
	for (int i = 0; i < 2; i++) {
		make(&flow[i], stack[i], &back);
		makecontext(&flow[i], (void (*)(void))take_turns, 1, i);
	}
	check("two flows take turns", swapcontext(&back, &flow[0]) == 0 && turns[0] == TURNS && turns[1] == TURNS);
}

static void again(void)
{
	volatile int rounds = 0;

	getcontext(&back);
	if (++rounds < 5)
		setcontext(&back);
	check("a context is resumed as often as wanted", rounds == 5);
}

static void count_signal(int signal)
{
	handled += signal == SIGUSR1;
}

static void change_state(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	fesetround(FE_UPWARD);
}

static void state(void)
{
	sigset_t one, now;

	signal(SIGUSR1, count_signal);
	sigemptyset(&one);
	sigaddset(&one, SIGUSR1);
	sigprocmask(SIG_BLOCK, &one, NULL);
	raise(SIGUSR1);
	check("a blocked signal waits", handled == 0);
	make(&flow[0], stack[0], &back);
	makecontext(&flow[0], change_state, 0);
	swapcontext(&back, &flow[0]);
	check("until a context lets it in", handled == 1);
	sigprocmask(SIG_SETMASK, NULL, &now);
	check("the mask comes back", sigismember(&now, SIGUSR1) == 1);
	check("and the rounding", fegetround() == FE_TONEAREST);
	sigemptyset(&now);
	sigprocmask(SIG_SETMASK, &now, NULL);
}

// On a stack of its own: signals, calls by number, output.
static void handle_there(void)
{
	raise(SIGUSR1);
	check("a call by number there", SYSCALL0(__NR_getpid) == (long)sys_getpid());
}

static void other_stack(void)
{
	handled = 0;
	make(&flow[0], stack[0], &back);
	makecontext(&flow[0], handle_there, 0);
	swapcontext(&back, &flow[0]);
	check("a handler runs there", handled == 1);
}

static void nothing(void)
{
}

static void *end_in_context(void *memory)
{
	ucontext_t here;

	make(&here, memory, NULL);
	makecontext(&here, nothing, 0);
	setcontext(&here);
	return memory;
}

static void *own_flows(void *wrong)
{
	static _Thread_local ucontext_t home, away;
	static _Thread_local char memory[STACK];

	for (int i = 0; i < 100; i++) {
		make(&away, memory, &home);
		makecontext(&away, nothing, 0);
		*(int *)wrong += swapcontext(&home, &away) != 0;
	}
	return wrong;
}

static void threads(void)
{
	pthread_t thread[THREADS];
	int wrong[THREADS] = {0}, sum = 0;
	void *result = stack;

	pthread_create(&thread[0], NULL, end_in_context, stack[0]);
	check("a context without a link ends its thread", pthread_join(thread[0], &result) == 0 && !result);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, own_flows, &wrong[i]);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		sum += wrong[i];
	}
	check("each thread has its own", sum == 0);
}

int main(void)
{
	arguments();
	generators();
	again();
	state();
	other_stack();
	threads();
	check("to the end", 1);
	return 0;
}
