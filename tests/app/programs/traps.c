// SPDX-License-Identifier: MIT
// Exceptions of the program's own instructions, handled: reported, jumped out of, mended, skipped.
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

static sigjmp_buf back;
static siginfo_t seen;
static volatile int calls;
static char *guarded;

static void jump(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	seen = *info;
	calls++;
	siglongjmp(back, 1);
}

static void allow(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	(void)context;
	calls++;
	mprotect(guarded, 4096, PROT_READ | PROT_WRITE);
}

static void skip(int signal, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	(void)signal;
	seen = *info;
	calls++;
	interrupted->uc_mcontext.gregs[REG_RIP] += 2;
	interrupted->uc_mcontext.gregs[REG_RBX] = 0x1234;
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags};

	sigemptyset(&action.sa_mask);
	if (sigaction(signal, &action, NULL) != 0)
		perror("sigaction");
}

static void wild_stores(void)
{
	static const uintptr_t places[] = {0, 8, 0x7fffdeadb000};

	install(SIGSEGV, jump, 0);
	for (unsigned i = 0; i < sizeof(places) / sizeof(*places); i++) {
		volatile char *place = (char *)places[i];
		__asm__("" : "+r"(place));
		if (sigsetjmp(back, 1) == 0)
			*place = 1;
		printf("store %u: signal %d code %d address %d\n", i, seen.si_signo, seen.si_code, (uintptr_t)seen.si_addr == places[i]);
	}
	static const char constant[4096] = "constant";
	volatile char *place = (char *)constant;
	if (sigsetjmp(back, 1) == 0)
		*place = 1;
	printf("constant: signal %d code %d address %d\n", seen.si_signo, seen.si_code, seen.si_addr == (void *)place);
	printf("handled %d, text '%s'\n", calls, constant);
}

static void mended(void)
{
	guarded = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	install(SIGSEGV, allow, 0);
	calls = 0;
	strcpy(guarded, "made accessible by the handler");
	printf("%s: %d\n", guarded, calls);
}

static void arithmetic(void)
{
	volatile int zero = 0, one = 1;

	install(SIGFPE, jump, 0);
	if (sigsetjmp(back, 1) == 0)
		printf("%d\n", one / zero);
	printf("division: signal %d code %d\n", seen.si_signo, seen.si_code);
}

static void skipped(void)
{
	uint64_t value = 1;
	double kept = 1.5;

	install(SIGILL, skip, 0);
	calls = 0;
	__asm__ volatile("ud2" : "+b"(value), "+x"(kept));
	printf("ud2: signal %d calls %d rbx %#lx double %g\n", seen.si_signo, calls, (unsigned long)value, kept);
}

static int descend(int depth)
{
	volatile char frame[4096];

	frame[0] = (char)depth;
	return depth < 0 ? 0 : descend(depth + 1) + frame[0];
}

static void overflow(void)
{
	static char second[65536];
	stack_t stack = {.ss_sp = second, .ss_size = sizeof(second)}, old;

	sigaltstack(&stack, NULL);
	install(SIGSEGV, jump, SA_ONSTACK);
	for (int i = 0; i < 2; i++) {
		calls = 0;
		if (sigsetjmp(back, 1) == 0)
			descend(0);
		printf("overflow: signal %d calls %d\n", seen.si_signo, calls);
	}
	sigaltstack(NULL, &old);
	printf("second stack: %d size %zu\n", old.ss_sp == second, old.ss_size);
}

int main(void)
{
	wild_stores();
	mended();
	arithmetic();
	skipped();
	overflow();
	return 0;
}
