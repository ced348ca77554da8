// SPDX-License-Identifier: MIT
// Two kernels that compute and do nothing else: dgemm (AVX2 and FMA, in cache) and STREAM's triad over arrays of 64 MiB. The same
// source for both sides: compute KERNEL RUNS [huge]. Prints the nanoseconds of each run, and a checksum.
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifndef __hermit__
#include <sys/mman.h>
#endif

#define ORDER 384
#define ELEMENTS ((size_t)64 << 17) /* 64 MiB of double */
#define HUGE_PAGE ((size_t)2 << 20)

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* The isle's memory is what it is; Linux gets the same kind of page. */
static double *allocate(size_t count, int huge)
{
	size_t size = (count * sizeof(double) + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
#ifdef __hermit__
	(void)huge;
	void *memory = aligned_alloc(HUGE_PAGE, size);
	if (!memory)
		exit(1);
#else
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | (huge ? MAP_HUGETLB : 0), -1, 0);
	if (memory == MAP_FAILED)
		exit(1);
	if (!huge)
		madvise(memory, size, MADV_NOHUGEPAGE);
#endif
	memset(memory, 0, size);
	return memory;
}

/* c += a * b, four rows by eight columns at a time. */
static void multiply(const double *a, const double *b, double *c)
{
	for (int i = 0; i < ORDER; i += 4)
		for (int j = 0; j < ORDER; j += 8) {
			__m256d sum[4][2];
			for (int r = 0; r < 4; r++)
				for (int s = 0; s < 2; s++)
					sum[r][s] = _mm256_loadu_pd(&c[(i + r) * ORDER + j + 4 * s]);
			for (int k = 0; k < ORDER; k++) {
				__m256d left = _mm256_loadu_pd(&b[k * ORDER + j]), right = _mm256_loadu_pd(&b[k * ORDER + j + 4]);
				for (int r = 0; r < 4; r++) {
					__m256d factor = _mm256_broadcast_sd(&a[(i + r) * ORDER + k]);
					sum[r][0] = _mm256_fmadd_pd(factor, left, sum[r][0]);
					sum[r][1] = _mm256_fmadd_pd(factor, right, sum[r][1]);
				}
			}
			for (int r = 0; r < 4; r++)
				for (int s = 0; s < 2; s++)
					_mm256_storeu_pd(&c[(i + r) * ORDER + j + 4 * s], sum[r][s]);
		}
}

static double dgemm(int runs, int huge)
{
	size_t size = (size_t)ORDER * ORDER;
	double *a = allocate(size, huge), *b = allocate(size, huge), *c = allocate(size, huge), sum = 0;

	for (size_t i = 0; i < size; i++) {
		a[i] = (double)(i % 7) / 7;
		b[i] = (double)(i % 11) / 11;
	}
	for (int run = 0; run < runs; run++) {
		memset(c, 0, size * sizeof(double));
		uint64_t start = now();
		multiply(a, b, c);
		printf("%lu\n", (unsigned long)(now() - start));
	}
	for (size_t i = 0; i < size; i++)
		sum += c[i];
	return sum;
}

static double triad(int runs, int huge)
{
	double *a = allocate(ELEMENTS, huge), *b = allocate(ELEMENTS, huge), *c = allocate(ELEMENTS, huge), sum = 0;

	for (size_t i = 0; i < ELEMENTS; i++) {
		b[i] = (double)(i % 5);
		c[i] = (double)(i % 3);
	}
	for (int run = 0; run < runs; run++) {
		uint64_t start = now();
		for (size_t i = 0; i < ELEMENTS; i++)
			a[i] = b[i] + 3 * c[i];
		printf("%lu\n", (unsigned long)(now() - start));
	}
	for (size_t i = 0; i < ELEMENTS; i += 1000)
		sum += a[i];
	return sum;
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[2]) : 1, huge = argc > 3;
	double sum = argc > 1 && !strcmp(argv[1], "triad") ? triad(runs, huge) : dgemm(runs, huge);

	printf("sum %.6f\n", sum);
	return 0;
}
