// SPDX-License-Identifier: MIT
// Running a routine once. C with unwind actions: a routine that throws, or is cancelled, has not run, and the next caller runs it.
#include <kernel/futex.h>
#include <pthread.h>

enum { NOT_YET = 0, RUNNING = 1, AWAITED = 2, DONE = 3 };

static void settle(pthread_once_t *once, int outcome)
{
	if (__atomic_exchange_n(once, outcome, __ATOMIC_ACQ_REL) == AWAITED)
		skl_futex_wake((const uint32_t *)once, UINT32_MAX);
}

static void undo(pthread_once_t **once)
{
	if (*once)
		settle(*once, NOT_YET);
}

static void run(pthread_once_t *once, void (*routine)(void))
{
	pthread_once_t *unfinished __attribute__((cleanup(undo))) = once;

	routine();
	unfinished = 0;
	settle(once, DONE);
}

int pthread_once(pthread_once_t *once, void (*routine)(void))
{
	for (;;) {
		int state = __atomic_load_n(once, __ATOMIC_ACQUIRE);

		if (state == DONE)
			return 0;
		if (state == NOT_YET) {
			if (__atomic_compare_exchange_n(once, &state, RUNNING, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE))
				run(once, routine);
		} else if (state == AWAITED || __atomic_compare_exchange_n(once, &state, AWAITED, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) {
			skl_futex_wait((const uint32_t *)once, AWAITED, UINT64_MAX);
		}
	}
}
