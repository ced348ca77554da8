// SPDX-License-Identifier: MIT
// Takes memory in every way, prints where, and stays until its standard input ends, so that somebody can look at its page tables.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MIB ((size_t)1 << 20)
#define PAGE 4096

static void there(const char *what, const void *memory, size_t size)
{
	printf("%s %p %zu\n", what, memory, size);
}

static void take(const char *what, size_t size, int count)
{
	for (int i = 0; i < count; i++) {
		char *memory = malloc(size);
		if (!memory)
			exit(1);
		memset(memory, 1, size);
		there(what, memory, size);
	}
}

int main(void)
{
	take("large", 100, 1000);
	take("large", 5000, 200);
	take("large", 3 * MIB, 3);
	take("large", 9 * MIB, 1);
	char *mapping = mmap(NULL, 6 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mapping == MAP_FAILED || mprotect(mapping + 3 * MIB, PAGE, PROT_READ))
		return 1;
	there("large", mapping, 2 * MIB);
	there("small", mapping + 3 * MIB, PAGE);
	there("large", mapping + 4 * MIB, 2 * MIB);
	there("stack", &mapping, 1);
	printf("ready\n");
	fflush(stdout);
	getchar();
	return 0;
}
