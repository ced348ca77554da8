/* SPDX-License-Identifier: MIT */
/* Rings the proxy as often as it is told, as fast as it can: ringer TIMES. Then says how long that took, in nanoseconds. */
#include <skellig/address.h>
#include <skellig/call.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void kick_host(void)
{
	uint64_t number = SKL_CALL_KICK, mask = 0, base = SKL_KICK_HOST;

	/* The red zone is left alone: the call pushes a return address. */
	__asm__ volatile("subq $128, %%rsp; call *%[page]; addq $128, %%rsp"
			 : "+a"(number), "+D"(mask), "+S"(base)
			 : [page] "b"((uint64_t)SKL_CALL_PAGE)
			 : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory", "cc");
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

int main(int argc, char **argv)
{
	uint64_t start = now();

	for (long i = argc > 1 ? atol(argv[1]) : 0; i > 0; i--)
		kick_host();
	printf("%lu\n", (unsigned long)(now() - start));
	return 0;
}
