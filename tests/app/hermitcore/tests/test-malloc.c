// SPDX-License-Identifier: MIT
// Blocks of all sizes, written, looked at and given back in another order; then the same through realloc().
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 512
#define ROUNDS 16

static unsigned char *block[BLOCKS];

static size_t size_of(int i)
{
	return (size_t)1 << (i % 18);
}

static int intact(const unsigned char *memory, size_t size, int value)
{
	for (size_t at = 0; at < size; at++)
		if (memory[at] != (unsigned char)value)
			return 0;
	return 1;
}

static int round_of_blocks(int round)
{
	int bad = 0;

	for (int i = 0; i < BLOCKS; i++) {
		block[i] = malloc(size_of(i));
		if (!block[i])
			return -1;
		memset(block[i], i + round, size_of(i));
	}
	for (int n = 0; n < BLOCKS; n++) {
		int i = (n * 37 + round) % BLOCKS; // 37 and BLOCKS have no divisor in common: each once

		bad += !intact(block[i], size_of(i), i + round);
		free(block[i]);
	}
	return bad;
}

static int growing(void)
{
	unsigned char *memory = NULL;

	for (size_t size = 1; size <= 4 << 20; size *= 2) {
		memory = realloc(memory, size);
		if (!memory || !intact(memory, size / 2, 7))
			return -1;
		memset(memory, 7, size);
	}
	free(memory);
	return 0;
}

int main(void)
{
	int bad = 0;

	for (int round = 0; round < ROUNDS; round++)
		bad += round_of_blocks(round);
	printf("%d rounds of %d blocks, %d spoilt\n", ROUNDS, BLOCKS, bad);
	printf("growing: %d\n", growing());
	return bad != 0;
}
