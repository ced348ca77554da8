/* SPDX-License-Identifier: MIT */
/* gcc's nested functions, whose addresses are code on the stack: of the main thread, of another one, and of a kept stack again. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>

static int apply(int (*function)(int), int value)
{
	return function(value);
}

static int sum_with(int base)
{
	int calls = 0;

	int add(int value)
	{
		calls++;
		return base + value;
	}
	return apply(add, 1) + apply(add, 2) + 100 * calls;
}

static void *in_thread(void *base)
{
	return (void *)(long)sum_with((int)(long)base);
}

int main(void)
{
	int descending = 0, words[] = {3, 1, 2};

	int compare(const void *left, const void *right)
	{
		int order = *(const int *)left - *(const int *)right;
		return descending ? -order : order;
	}
	qsort(words, 3, sizeof *words, compare);
	printf("%d %d %d\n", words[0], words[1], words[2]);
	descending = 1;
	qsort(words, 3, sizeof *words, compare);
	printf("%d %d %d\n", words[0], words[1], words[2]);
	printf("%d\n", sum_with(10));
	for (long i = 0; i < 3; i++) {
		pthread_t thread;
		void *result;

		check("started", pthread_create(&thread, NULL, in_thread, (void *)i) == 0);
		pthread_join(thread, &result);
		printf("%ld\n", (long)result);
	}
	return 0;
}
