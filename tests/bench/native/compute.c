// SPDX-License-Identifier: MIT
// Two kernels that compute and do nothing else: dgemm (AVX2 and FMA, in cache) and STREAM's triad over arrays of 64 MiB. The same source
// for both sides: compute KERNEL PERCENT, PERCENT more work in each piece than there should be. For each line on standard input it does
// some pieces of the work, and answers with the ticks of the middle one: pieces are short, so that most of them run undisturbed on a
// machine with other users. At the end of input it tells a checksum.
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef __hermit__
#include <sys/mman.h>
#endif

#define ORDER 384
#define ROWS 4 /* computed at a time */
#define ELEMENTS ((size_t)64 << 17) /* 64 MiB of double */
#define PIECE ((size_t)1 << 17) /* 1 MiB of them */
#define HUGE_PAGE ((size_t)2 << 20)
#define PIECES 32

static double *a, *b, *c;
static size_t percent;

/* Pages of 2 MiB: the isle's memory consists of them. */
static double *allocate(size_t count)
{
	size_t size = (count * sizeof(double) + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
#ifdef __hermit__
	void *memory = aligned_alloc(HUGE_PAGE, size);
	if (!memory)
		exit(1);
#else
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (memory == MAP_FAILED) {
		perror("no huge pages");
		exit(1);
	}
#endif
	memset(memory, 0, size);
	return memory;
}

/* Four rows of c = a * b, eight columns at a time. */
static void rows(size_t i)
{
	for (int j = 0; j < ORDER; j += 8) {
		__m256d sum[ROWS][2] = {0};
		for (int k = 0; k < ORDER; k++) {
			__m256d left = _mm256_loadu_pd(&b[k * ORDER + j]), right = _mm256_loadu_pd(&b[k * ORDER + j + 4]);
			for (int r = 0; r < ROWS; r++) {
				__m256d factor = _mm256_broadcast_sd(&a[(i + r) * ORDER + k]);
				sum[r][0] = _mm256_fmadd_pd(factor, left, sum[r][0]);
				sum[r][1] = _mm256_fmadd_pd(factor, right, sum[r][1]);
			}
		}
		for (int r = 0; r < ROWS; r++)
			for (int s = 0; s < 2; s++)
				_mm256_storeu_pd(&c[(i + r) * ORDER + j + 4 * s], sum[r][s]);
	}
}

/* A part of the rows, about half a millisecond. Doing rows again changes nothing. */
static void dgemm(size_t piece)
{
	const size_t blocks = 20;

	for (size_t i = 0; i < blocks * (100 + percent) / 100; i++)
		rows((piece * blocks + i) % (ORDER / ROWS) * ROWS);
}

/* Memory that no piece of the last 63 has touched. */
static void triad(size_t piece)
{
	size_t start = piece % (ELEMENTS / PIECE) * PIECE, more = PIECE * percent / 100;

	for (size_t i = start; i < start + PIECE; i++)
		a[i] = b[i] + 3 * c[i];
	start = (start + ELEMENTS / 2) % ELEMENTS;
	for (size_t i = start; i < start + more; i++)
		a[i] = b[i] + 3 * c[i];
}

static int compare(const void *left, const void *right)
{
	uint64_t one = *(const uint64_t *)left, two = *(const uint64_t *)right;

	return one < two ? -1 : one > two;
}

/* The counter is the same one on both sides. */
static uint64_t turn(void (*kernel)(size_t))
{
	static size_t piece;
	uint64_t ticks[PIECES];

	kernel(piece++); /* whatever the other side has left in the caches */
	for (int i = 0; i < PIECES; i++) {
		uint64_t start = __rdtsc();
		kernel(piece++);
		ticks[i] = __rdtsc() - start;
	}
	qsort(ticks, PIECES, sizeof(ticks[0]), compare);
	return ticks[PIECES / 2];
}

static void prepare(size_t count)
{
	a = allocate(count);
	b = allocate(count);
	c = allocate(count);
	for (size_t i = 0; i < count; i++) {
		a[i] = (double)(i % 7) / 7;
		b[i] = (double)(i % 11) / 11;
		c[i] = (double)(i % 3);
	}
}

int main(int argc, char **argv)
{
	int streams = argc > 1 && !strcmp(argv[1], "triad");
	size_t count = streams ? ELEMENTS : (size_t)ORDER * ORDER;
	double sum = 0;
	char line[16];

	percent = argc > 2 ? (size_t)atoi(argv[2]) : 0;
	prepare(count);
	while (fgets(line, sizeof(line), stdin)) {
		printf("%lu\n", (unsigned long)turn(streams ? triad : dgemm));
		fflush(stdout);
	}
	for (size_t i = 0; i < count; i += 97)
		sum += streams ? a[i] : c[i];
	printf("sum %.6f\n", sum);
	return 0;
}
