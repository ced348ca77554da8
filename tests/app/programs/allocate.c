// SPDX-License-Identifier: MIT
// malloc and its kin: alignment, contents, what glibc answers where the standard leaves a choice, and the errors.
#include "check.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int aligned(void *memory, size_t alignment)
{
	return memory && (uintptr_t)memory % alignment == 0;
}

/* Around all borders between the allocator's kinds of blocks. */
static void sizes(void)
{
	int good = 1, room = 1;

	for (size_t size = 0; size < 20u << 20; size += size < 200 ? 1 : size / 7) {
		char *memory = malloc(size);
		good &= aligned(memory, 16);
		room &= malloc_usable_size(memory) >= size;
		memset(memory, 3, size);
		free(memory);
	}
	check("aligned to 16", good);
	check("as large as asked for", room);
	char *one = malloc(0), *other = malloc(0);
	check("blocks of no size are different", one && other && one != other);
	free(one);
	free(other);
	free(NULL);
	check("null has no size", malloc_usable_size(NULL) == 0);
}

static void zeros(void)
{
	int good = 1;

	for (size_t size = 1; size < 20u << 20; size += 1 + size / 3) {
		for (int round = 0; round < 2; round++) {
			char *memory = calloc(size, 1);
			good &= all(memory, size, 0);
			memset(memory, 1, size);
			free(memory);
		}
	}
	check("calloc() is zero, also of what was used before", good);
}

static void growing(void)
{
	char *memory = NULL;
	size_t size = 1, before = 0;
	int good = 1;

	for (; size < 40u << 20; before = size, size += 1 + size / 3) {
		memory = realloc(memory, size);
		good &= aligned(memory, 16) && all(memory, before, 5);
		memset(memory, 5, size);
	}
	for (size = before; size > 1; size -= 1 + size / 3) {
		memory = realloc(memory, size);
		good &= aligned(memory, 16) && all(memory, size, 5);
	}
	check("realloc() keeps what there is", good);
	check("to no size: freed", realloc(memory, 0) == NULL);
	memory = realloc(NULL, 100);
	check("of null: malloc()", memory != NULL);
	free(memory);
}

/* As readers of unknown lengths do it: what must not happen is a copy at each step. */
static void page_by_page(void)
{
	char *memory = malloc(256 << 10);
	int moves = 0, good = 1;

	memset(memory, 7, 256 << 10);
	for (size_t size = 256 << 10; size < 12u << 20; size += 4096) {
		char *next = realloc(memory, size + 4096);
		moves += next != memory;
		good &= all(next + size - 4096, 4096, 7);
		memset(next + size, 7, 4096);
		memory = next;
	}
	check("realloc() page by page keeps what there is", good && all(memory, 12u << 20, 7));
	check("and moves it seldom", moves < 64); /* of 3,008 */
	free(memory);
}

static void alignments(void)
{
	int good = 1;

	for (size_t alignment = 8; alignment <= 32u << 20; alignment *= 2) {
		for (size_t size = 1; size < 3 * alignment && size < 20u << 20; size = size * 5 + 3) {
			void *memory = NULL;
			good &= posix_memalign(&memory, alignment, size) == 0 && aligned(memory, alignment);
			memset(memory, 1, size);
			char *second = aligned_alloc(alignment, size);
			good &= aligned(second, alignment);
			memset(second, 2, size);
			good &= all(memory, size, 1) && malloc_usable_size(second) >= size;
			free(memory);
			second = realloc(second, size + 1);
			good &= all(second, size, 2);
			free(second);
		}
	}
	check("every power of two", good);
	void *odd = memalign(48, 100), *page = valloc(10), *pages = pvalloc(4097);
	check("memalign() of 48", aligned(odd, 64));
	check("valloc()", aligned(page, 4096));
	check("pvalloc()", aligned(pages, 4096) && malloc_usable_size(pages) >= 8192);
	free(odd);
	free(page);
	free(pages);
}

static void errors(void)
{
	volatile size_t half = SIZE_MAX / 2 + 2, most = SIZE_MAX;
	void *none = NULL, *untouched = &none;

	errno = 0;
	check("half of everything", malloc(half) == NULL && errno == ENOMEM);
	errno = 0;
	check("everything", malloc(most) == NULL && errno == ENOMEM);
	errno = 0;
	check("calloc() that overflows", calloc(half, 2) == NULL && errno == ENOMEM);
	errno = 0;
	check("reallocarray() that overflows", reallocarray(none, half, 2) == NULL && errno == ENOMEM);
	errno = 0;
	check("realloc() to everything", realloc(none, most) == NULL && errno == ENOMEM);
	errno = 0;
	check("alignment of everything", memalign(most, 1) == NULL && errno == EINVAL);
	errno = 0;
	check("aligned everything", aligned_alloc(4096, most) == NULL && errno == ENOMEM);
	errno = 0;
	check("pvalloc() that overflows", pvalloc(most) == NULL && errno == ENOMEM);
	check("posix_memalign() by 3", posix_memalign(&untouched, 3, 1) == EINVAL);
	check("by 4", posix_memalign(&untouched, 4, 1) == EINVAL);
	check("by 24", posix_memalign(&untouched, 24, 1) == EINVAL);
	check("of everything", posix_memalign(&untouched, 16, most) == ENOMEM);
	check("untouched", untouched == &none);
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations" /* glibc has a second one, newlib has not */
static void settings(void)
{
	void *kept = malloc(1000);
	struct mallinfo info = mallinfo();

	check("mallopt()", mallopt(M_TRIM_THRESHOLD, 1 << 20) == 1);
	check("mallinfo() has heard of it", info.uordblks >= 1000 && info.arena >= info.uordblks);
	malloc_trim(0);
	free(kept);
	char *copy = strdup("newlib's own blocks are the same");
	copy = realloc(copy, 100000);
	printf("%s\n", copy);
	free(copy);
}

int main(void)
{
	sizes();
	zeros();
	growing();
	page_by_page();
	alignments();
	errors();
	settings();
	return 0;
}
