// SPDX-License-Identifier: MIT
// What happens when there is no more: NULL and ENOMEM, for every thread; what is given back can be had again. Linux gets a limit.
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define MIB ((size_t)1 << 20)

struct block {
	struct block *next;
	size_t size;
	char rest[];
};

/* glibc does not give all back to Linux: each part has as much again. An isle has what it has. */
static void limit_linux_to(size_t most)
{
	struct rlimit limit;

	getrlimit(RLIMIT_AS, &limit);
	limit.rlim_cur = most;
	setrlimit(RLIMIT_AS, &limit);
}

/* Blocks of `size` until there are no more, each with a mark at its end; how many bytes. */
static size_t take_all(struct block **first, size_t size)
{
	size_t total = 0;

	for (;;) {
		errno = 0;
		struct block *block = malloc(size);
		if (!block)
			return errno == ENOMEM ? total : 0;
		*block = (struct block){ *first, size };
		((char *)block)[size - 1] = (char)size;
		*first = block;
		total += size;
	}
}

static int give_back(struct block *first)
{
	int good = 1;

	while (first) {
		struct block *next = first->next;
		good &= ((char *)first)[first->size - 1] == (char)first->size;
		free(first);
		first = next;
	}
	return good;
}

/* The second time as much as the first, but for what an allocator keeps. */
static void twice(const char *what, size_t size)
{
	struct block *blocks = NULL;
	size_t first = take_all(&blocks, size);
	int good = give_back(blocks);

	blocks = NULL;
	size_t second = take_all(&blocks, size);
	good &= give_back(blocks);
	printf("%s: %s, %s, %s\n", what, first ? "ENOMEM" : "another end", good ? "whole" : "damaged",
	       second >= first / 10 * 9 ? "again" : "not again");
}

static void mixed_sizes(void)
{
	struct block *blocks = NULL;

	take_all(&blocks, 3 * MIB);
	take_all(&blocks, 100000);
	take_all(&blocks, 1000);
	take_all(&blocks, 32);
	check("smaller and smaller", give_back(blocks));
	void *large = malloc(40 * MIB);
	check("then a large one again", large != NULL);
	free(large);
}

static void mappings(void)
{
	enum { most = 1000 };
	static void *mapping[most];
	int count = 0;

	while (count < most) {
		mapping[count] = mmap(NULL, 8 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (mapping[count] == MAP_FAILED)
			break;
		count++;
	}
	check("mmap() ends with ENOMEM", count > 2 && count < most && errno == ENOMEM);
	void *few = malloc(100);
	free(few);
	for (int i = 0; i < count; i++)
		munmap(mapping[i], 8 * MIB);
	void *large = malloc(40 * MIB);
	check("and malloc() has it afterwards", large != NULL);
	free(large);
}

/* Streams want memory: for themselves, their locks, their buffers. */
static void streams(void)
{
	enum { most = 20 };
	struct block *blocks = NULL;
	FILE *file[most];
	int opened = 0;

	for (size_t size = 3 * MIB; size >= sizeof *blocks; size /= 2)
		take_all(&blocks, size);
	while (opened < most && (file[opened] = fopen("/dev/zero", "r")))
		fgetc(file[opened++]);
	int expected = opened == most || errno == ENOMEM;
	for (int i = 0; i < opened; i++)
		fclose(file[i]);
	check("streams without memory", expected && give_back(blocks));
	FILE *another = fopen("/dev/zero", "r");
	check("and with it again", another && fgetc(another) == 0);
	fclose(another);
}

static void *in_a_thread(void *result)
{
	struct block *blocks = NULL;

	for (int round = 0; round < 3; round++) {
		if (!take_all(&blocks, 300000) && !blocks)
			continue; /* the others have it all */
		if (!give_back(blocks))
			*(int *)result = 0;
		blocks = NULL;
	}
	return NULL;
}

static void threads(void)
{
	pthread_t thread[3];
	int good[3] = { 1, 1, 1 };

	for (int i = 0; i < 3; i++)
		if (pthread_create(&thread[i], NULL, in_a_thread, &good[i]))
			exit(1);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	check("three threads at once", good[0] && good[1] && good[2]);
	void *large = malloc(40 * MIB);
	check("and all is back", large != NULL);
	free(large);
}

int main(void)
{
	limit_linux_to(400 * MIB);
	twice("small blocks", 100);
	twice("pages", 5000);
	twice("large blocks", MIB);
	twice("huge blocks", 9 * MIB);
	mixed_sizes();
	limit_linux_to(800 * MIB);
	mappings();
	limit_linux_to(1200 * MIB);
	streams();
	limit_linux_to(1600 * MIB);
	threads();
	return 0;
}
