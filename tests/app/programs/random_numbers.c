// SPDX-License-Identifier: MIT
// Pseudo-random numbers are those of Linux, so that a program that starts from a known seed repeats itself here.
#include <stdio.h>
#include <stdlib.h>

static void print(const char *what)
{
	printf("%s:", what);
	for (int i = 0; i < 5; i++)
		printf(" %ld", random());
	putchar('\n');
}

int main(void)
{
	char state[5][256], *first;
	static const size_t sizes[5] = {8, 32, 64, 128, 256};
	unsigned seed = 7;
	unsigned long sum = 0;
	struct random_data data = {0};
	int number;

	printf("%d %d\n", rand(), RAND_MAX);
	print("not seeded");
	srand(42);
	printf("%d\n", rand());
	print("42");
	srandom(0);
	print("0");
	srandom(12345);
	for (int i = 0; i < 1000000; i++)
		sum += random();
	printf("%lu\n", sum);
	for (int i = 0; i < 5; i++) {
		first = initstate(i + 1, state[i], sizes[i]);
		print("own state");
		if (i == 0)
			printf("%d\n", first != NULL);
	}
	for (int i = 0; i < 5; i++) {
		setstate(state[i]);
		print("taken up");
	}
	printf("%d\n", initstate(1, state[0], 7) == NULL);
	for (int i = 0; i < 5; i++)
		printf("%d ", rand_r(&seed));
	initstate_r(99, state[1], 128, &data);
	for (int i = 0; i < 5; i++) {
		random_r(&data, &number);
		printf("%d ", number);
	}
	srandom_r(5, &data);
	random_r(&data, &number);
	printf("%d\n", number);
	srand48(17);
	printf("%.12f\n", drand48());
	printf("%ld\n", lrand48());
	printf("%ld\n", mrand48());
	unsigned short own[3] = {1, 2, 3};
	printf("%.12f\n", erand48(own));
	printf("%ld\n", nrand48(own));
}
