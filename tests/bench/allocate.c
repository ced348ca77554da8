/* SPDX-License-Identifier: MIT */
/* What malloc() and free() of a block cost in typical mixtures; the same blocks in the same order on both sides. */
#include "measure.h"
#include "rows.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#define BLOCKS 1000 /* of a sample */
#define LARGEST 4096

static void *block[BLOCKS];
static unsigned short size[BLOCKS], order[BLOCKS];
static sem_t wanted, made;

static unsigned next_random(void)
{
	static unsigned long long state = 1;

	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return state >> 33;
}

static void choose_sizes_and_order(void)
{
	for (unsigned i = 0; i < BLOCKS; i++) {
		size[i] = 16 + next_random() % (LARGEST - 15);
		order[i] = i;
	}
	for (unsigned i = BLOCKS - 1; i > 0; i--) {
		unsigned other = next_random() % (i + 1);
		unsigned short swapped = order[i];
		order[i] = order[other];
		order[other] = swapped;
	}
}

/* The compiler must not see that nobody uses it. */
static void *take(size_t bytes)
{
	void *memory = malloc(bytes);

	__asm__ volatile("" : "+r"(memory) : : "memory");
	return memory;
}

static void take_all(void)
{
	for (unsigned i = 0; i < BLOCKS; i++)
		block[i] = take(size[i]);
}

static void pairs_of(size_t bytes)
{
	for (unsigned i = 0; i < BLOCKS; i++)
		free(take(bytes));
}

static void small_pairs(void)
{
	pairs_of(64);
}

static void large_pairs(void)
{
	pairs_of(1 << 20);
}

static void last_first(void)
{
	take_all();
	for (unsigned i = BLOCKS; i-- > 0;)
		free(block[i]);
}

static void first_first(void)
{
	take_all();
	for (unsigned i = 0; i < BLOCKS; i++)
		free(block[i]);
}

static void in_any_order(void)
{
	take_all();
	for (unsigned i = 0; i < BLOCKS; i++)
		free(block[order[i]]);
}

/* As a program that has been running for a while: always as many blocks, one replaced after the other. */
static void replaced(void)
{
	static unsigned turn;

	for (unsigned i = 0; i < BLOCKS; i++) {
		unsigned which = order[i];
		free(block[which]);
		block[which] = take(size[(which + turn) % BLOCKS]);
	}
	turn += 7;
}

static void *take_for_others(void *unused)
{
	for (;;) {
		sem_wait(&wanted);
		take_all();
		sem_post(&made);
	}
	return unused;
}

static void freed_elsewhere(void)
{
	sem_post(&wanted);
	sem_wait(&made);
	for (unsigned i = 0; i < BLOCKS; i++)
		free(block[i]);
}

int measure_allocation(void)
{
	pthread_t thread;

	choose_sizes_and_order();
	measure("malloc_pair", small_pairs);
	measure("malloc_lifo", last_first);
	measure("malloc_fifo", first_first);
	measure("malloc_shuffled", in_any_order);
	take_all();
	measure("malloc_replaced", replaced);
	first_first();
	measure("malloc_large", large_pairs);
	if (sem_init(&wanted, 0, 0) || sem_init(&made, 0, 0) || pthread_create(&thread, NULL, take_for_others, NULL))
		return 1;
	measure("malloc_elsewhere", freed_elsewhere);
	return 0;
}
