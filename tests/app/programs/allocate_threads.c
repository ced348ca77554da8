// SPDX-License-Identifier: MIT
// malloc among threads: blocks freed by others than who took them, also after those have ended; more in all than there is.
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define SLOTS 512
#define TURNS 20000
#define GENERATIONS 600

struct block {
	size_t size;
	char fill;
	char rest[];
};

static _Atomic(struct block *) slot[SLOTS];
static atomic_int damaged;

static struct block *make(size_t size, char fill)
{
	struct block *block = malloc(sizeof *block + size);

	if (!block)
		exit(1);
	*block = (struct block){ size, fill };
	memset(block->rest, fill, size);
	return block;
}

static void end(struct block *block)
{
	if (!block)
		return;
	for (size_t i = 0; i < block->size; i++)
		if (block->rest[i] != block->fill)
			damaged = 1;
	free(block);
}

/* Mostly small, some large, few of a segment of their own. */
static size_t some_size(unsigned *seed)
{
	unsigned kind = rand_r(seed) % 1000;

	if (kind < 2)
		return (4u << 20) + rand_r(seed) % 1000000;
	return kind < 50 ? rand_r(seed) % 200000 : rand_r(seed) % 500;
}

static void *exchange(void *number)
{
	unsigned seed = (unsigned)(uintptr_t)number;

	for (int turn = 0; turn < TURNS; turn++) {
		struct block *block = rand_r(&seed) % 3 ? make(some_size(&seed), (char)turn) : NULL;
		end(atomic_exchange(&slot[rand_r(&seed) % SLOTS], block));
	}
	return NULL;
}

static void exchanging(void)
{
	pthread_t thread[THREADS];

	for (uintptr_t i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, exchange, (void *)i))
			exit(1);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < SLOTS; i++)
		end(slot[i]);
	check("blocks go from hand to hand whole", !damaged);
}

static void *leave_behind(void *number)
{
	unsigned seed = (unsigned)(uintptr_t)number;
	struct block **left = malloc(32 * sizeof *left);

	for (int i = 0; i < 32; i++) {
		end(make(some_size(&seed), (char)i));
		left[i] = make(rand_r(&seed) % 40000, (char)i);
	}
	return left;
}

static void generations(void)
{
	for (uintptr_t i = 0; i < GENERATIONS; i++) {
		pthread_t thread;
		void *left;
		if (pthread_create(&thread, NULL, leave_behind, (void *)i) || pthread_join(thread, &left))
			exit(1);
		for (int k = 0; k < 32; k++)
			end(((struct block **)left)[k]);
		free(left);
	}
	check("what ended threads leave behind is used again", !damaged);
}

static pthread_key_t key;
static atomic_int destroyed;

static void destroy(void *value)
{
	end(value);
	end(make(100, 1)); /* still possible */
	destroyed++;
}

static void *with_value(void *unused)
{
	(void)unused;
	pthread_setspecific(key, make(1000, 2));
	return NULL;
}

static void destructors(void)
{
	pthread_t thread[THREADS];

	pthread_key_create(&key, destroy);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, with_value, NULL))
			exit(1);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	check("destructors allocate and free", destroyed == THREADS && !damaged);
}

int main(void)
{
	exchanging();
	generations();
	destructors();
	return 0;
}
