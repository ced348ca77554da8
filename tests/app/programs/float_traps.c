// SPDX-License-Identifier: MIT
// Floating-point exceptions that are not masked.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <xmmintrin.h>

static sigjmp_buf back;

static void jump(int signal, siginfo_t *info, void *context)
{
	(void)context;
	printf("signal %d code %d\n", signal, info->si_code);
	siglongjmp(back, 1);
}

static void expect(const char *what, unsigned exception, double left, double right)
{
	volatile double result = 0;

	printf("%s: ", what);
	if (sigsetjmp(back, 1) == 0) {
		_mm_setcsr(0x1f80 & ~exception);
		__asm__ volatile("" : "+x"(left), "+x"(right));
		result = left / right;
		printf("%g\n", result);
	}
	_mm_setcsr(0x1f80);
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = jump, .sa_flags = SA_SIGINFO};

	sigaction(SIGFPE, &action, NULL);
	expect("division by zero", _MM_MASK_DIV_ZERO, 1, 0);
	expect("invalid", _MM_MASK_INVALID, 0, 0);
	expect("overflow", _MM_MASK_OVERFLOW, 1e300, 1e-300);
	expect("underflow", _MM_MASK_UNDERFLOW, 1e-300, 1e300);
	expect("inexact", _MM_MASK_INEXACT, 1, 3);
	expect("none", 0, 1, 0);
	return 0;
}
