// SPDX-License-Identifier: MIT
// The `syscall` instruction itself, as programs with calls of their own have it: Linux's numbers, answers in rax, other registers kept.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static long call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return result;
}

int main(void)
{
	static const char text[] = "written by the instruction\n";
	double kept = 2.5;
	long marker = 0x1234, result;

	__asm__ volatile("syscall" : "=a"(result), "+x"(kept), "+b"(marker) : "a"(39) : "rcx", "r11", "memory");
	printf("getpid: %d, double %g, rbx %#lx\n", result == getpid(), kept, (unsigned long)marker);
	fflush(stdout);
	printf("write: %ld\n", call(1, 1, (long)text, (long)strlen(text)));
	printf("bad descriptor: %ld\n", call(1, 999, (long)text, 1));
	printf("no such call: %ld\n", call(511, 0, 0, 0));
	for (int i = 0; i < 1000; i++)
		if (call(39, 0, 0, 0) != getpid())
			printf("lost\n");
	fflush(stdout);
	call(231, 5, 0, 0);
	return 0;
}
