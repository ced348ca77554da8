// SPDX-License-Identifier: MIT
// Threads that allocate, and give back what another one has allocated.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define BLOCKS 256
#define ROUNDS 20

static unsigned char *block[THREADS][BLOCKS];
static int spoilt[THREADS];
static pthread_barrier_t all;

static size_t size_of(int i)
{
	return 16 + (size_t)(i * 97) % 5000;
}

static void fill(int me)
{
	for (int i = 0; i < BLOCKS; i++) {
		block[me][i] = malloc(size_of(i));
		if (block[me][i])
			memset(block[me][i], me * 16 + i % 16, size_of(i));
	}
}

static void empty(int me, int whose)
{
	for (int i = 0; i < BLOCKS; i++) {
		unsigned char *memory = block[whose][i], value = (unsigned char)(whose * 16 + i % 16);

		spoilt[me] += !memory || memory[0] != value || memory[size_of(i) - 1] != value;
		free(memory);
	}
}

static void *work(void *number)
{
	int me = (int)(long)number;

	for (int round = 0; round < ROUNDS; round++) {
		fill(me);
		pthread_barrier_wait(&all);
		empty(me, (me + 1 + round % (THREADS - 1)) % THREADS);
		pthread_barrier_wait(&all);
	}
	return NULL;
}

int main(void)
{
	pthread_t thread[THREADS];
	int bad = 0;

	pthread_barrier_init(&all, NULL, THREADS);
	for (long i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, work, (void *)i) != 0)
			return 1;
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		bad += spoilt[i];
	}
	printf("%d threads, %d rounds of %d blocks, %d spoilt\n", THREADS, ROUNDS, BLOCKS, bad);
	return bad != 0;
}
