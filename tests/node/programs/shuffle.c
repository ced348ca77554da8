/* SPDX-License-Identifier: MIT */
/*
 * Changes its own mappings a thousand times at random (seeded), says so, and goes on living, for whoever looks at its page tables:
 * asleep, or, with an argument, changing them, kicking and waiting all the time.
 */
#include <skellig/address.h>
#include <skellig/call.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PAGE 4096ULL
#define AREA (8ULL << 20)

static uint64_t state = 20;

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static int64_t call(uint64_t number, uint64_t a, uint64_t b, uint64_t c)
{
	register uint64_t r8 __asm__("r8") = 0;
	register uint64_t r9 __asm__("r9") = 0;
	int64_t answer;

	/* The red zone is left alone: the call pushes a return address. */
	__asm__ volatile("subq $128, %%rsp; call *%[page]; addq $128, %%rsp"
			 : "=a"(answer), "+D"(a), "+S"(b), "+d"(c), "+r"(r8), "+r"(r9)
			 : "a"(number), [page] "b"((uint64_t)SKL_CALL_PAGE)
			 : "rcx", "r10", "r11", "memory", "cc");
	return answer;
}

static unsigned change(uint64_t start)
{
	static const uint64_t calls[] = { SKL_CALL_MAP, SKL_CALL_UNMAP, SKL_CALL_PROTECT };
	uint64_t at = draw() % (AREA / PAGE), pages = 1 + draw() % (AREA / PAGE - at);
	unsigned granted = call(calls[draw() % 3], start + at * PAGE, pages * PAGE, draw() % 8) > 0;

	/* Addresses that are not the isle's to map. */
	call(SKL_CALL_MAP, draw() & ~(PAGE - 1), PAGE * (1 + draw() % 1024), draw() % 8);
	return granted;
}

int main(int argc, char **argv)
{
	const struct timespec second = { 1, 0 };
	char *memory = malloc(AREA + (2 << 20));
	uint64_t start = ((uint64_t)memory + (2 << 20) - 1) & ~((2ULL << 20) - 1);
	unsigned granted = 0;

	(void)argv;
	for (int i = 0; i < 1000; i++)
		granted += change(start);
	printf("shuffled %u\n", granted);
	fflush(stdout);
	while (argc > 1) {
		change(start);
		call(SKL_CALL_KICK, draw(), draw() % 2 ? SKL_KICK_HOST : draw() % 4, 0);
		call(SKL_CALL_WAIT, 1, 0, 0); /* a deadline long gone */
	}
	for (;;)
		nanosleep(&second, NULL);
}
