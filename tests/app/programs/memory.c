// SPDX-License-Identifier: MIT
// Heap and mappings: sizes from bytes to tens of MiB, zero where zero is promised, failure where there is no more.
#include "check.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BLOCKS 2000

static void churn(void)
{
	static char *block[BLOCKS];
	static size_t size[BLOCKS];
	unsigned seed = 1;
	int good = 1;

	for (int i = 0; i < 30000; i++) {
		seed = seed * 1103515245 + 12345;
		int n = (seed >> 8) % BLOCKS;
		if (block[n]) {
			good &= all(block[n], size[n], (char)n);
			free(block[n]);
			block[n] = NULL;
		} else {
			size[n] = (seed >> 20) % 2000;
			block[n] = malloc(size[n]);
			good &= block[n] && (uintptr_t)block[n] % 16 == 0;
			memset(block[n], n, size[n]);
		}
	}
	for (int i = 0; i < BLOCKS; i++)
		free(block[i]);
	check("blocks keep their contents", good);
}

int main(void)
{
	churn();
	size_t large = 64u << 20;
	char *memory = calloc(1, large);
	check("calloc is zero", memory && all(memory, large, 0));
	memset(memory, 1, large);
	free(memory);
	memory = calloc(1, large);
	check("and again", memory && all(memory, large, 0));
	memory = realloc(memory, large + 4096);
	check("realloc", memory != NULL && memory[large - 1] == 0);
	free(memory);
	volatile size_t too_much = (size_t)1 << 46;
	errno = 0;
	check("too much", malloc(too_much) == NULL && errno == ENOMEM);

	char *pages = mmap(NULL, 3 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check("mmap", pages != MAP_FAILED && all(pages, 3 << 20, 0));
	memset(pages, 7, 3 << 20);
	check("mprotect", mprotect(pages, 4096, PROT_READ) == 0 && pages[0] == 7);
	check("munmap", munmap(pages, 3 << 20) == 0);
	pages = mmap(NULL, 5 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check("mmap again is zero", pages != MAP_FAILED && all(pages, 5 << 20, 0) && munmap(pages, 5 << 20) == 0);
	void *aligned = NULL;
	check("posix_memalign", posix_memalign(&aligned, 4096, 100) == 0 && (uintptr_t)aligned % 4096 == 0);
	free(aligned);
	return 0;
}
