/* SPDX-License-Identifier: MIT */
/*
 * The C library's names. All are weak: a program may bring a malloc of its own, which newlib's functions then use, too, since the
 * reentrant names call the others. What glibc answers where the standard leaves a choice is the answer here.
 */
#include <errno.h>
#include <malloc.h>
#include <reent.h>

#define PUBLIC __attribute__((externally_visible, weak))

/* As in glibc every block is aligned to 16; mimalloc would align the smallest to 8. */
static inline size_t aligned_size(size_t size)
{
	return mi_unlikely(size <= 8) ? 16 : size;
}

PUBLIC void *malloc(size_t size)
{
	return mi_malloc(aligned_size(size));
}

PUBLIC void free(void *memory)
{
	mi_free(memory);
}

/* Fresh pages that nobody has used yet are zero already. */
static bool is_zero(void *memory)
{
	mi_segment_t *segment = _mi_ptr_segment(memory);

	return segment->kind == MI_SEGMENT_HUGE && segment->memid == SEGMENT_ZERO;
}

static void *large_zeroed(size_t size)
{
	void *memory = mi_malloc(size);

	if (memory && !is_zero(memory))
		memset(memory, 0, size);
	return memory;
}

static void *too_much(void)
{
	errno = ENOMEM;
	return NULL;
}

PUBLIC void *calloc(size_t count, size_t size)
{
	size_t total;

	if (mi_unlikely(__builtin_mul_overflow(count, size, &total)))
		return too_much();
	if (mi_unlikely(total > MI_LARGE_OBJ_SIZE_MAX))
		return large_zeroed(total);
	return mi_zalloc(aligned_size(total));
}

/*
 * Blocks of mimalloc's classes have up to an eighth of room; larger ones are as long as was asked for, and glibc has Linux remap one that
 * grows. One that grows here gets an eighth, too: growing by single pages then copies it a few times instead of each time.
 */
static void *grown(void *memory, size_t size)
{
	size_t room;
	void *result;

	if (!memory || size <= MI_MEDIUM_OBJ_SIZE_MAX || size <= mi_usable_size(memory) || __builtin_add_overflow(size, size / 8, &room))
		return NULL;
	int before = errno;
	result = mi_realloc(memory, room);
	errno = before;
	return result;
}

PUBLIC void *realloc(void *memory, size_t size)
{
	void *with_room;

	if (mi_unlikely(size == 0 && memory)) {
		mi_free(memory);
		return NULL;
	}
	with_room = grown(memory, size);
	return with_room ? with_room : mi_realloc(memory, aligned_size(size));
}

PUBLIC void *reallocarray(void *memory, size_t count, size_t size)
{
	size_t total;

	return __builtin_mul_overflow(count, size, &total) ? too_much() : realloc(memory, total);
}

/* Powers of two; others count as the next one, as in glibc. 0: there is none. */
static size_t usable_alignment(size_t alignment)
{
	size_t power = sizeof(void *);

	while (power && power < alignment)
		power <<= 1;
	return power;
}

PUBLIC void *memalign(size_t alignment, size_t size)
{
	size_t usable = usable_alignment(alignment);
	void *memory;

	if (!usable) {
		errno = EINVAL;
		return NULL;
	}
	memory = mi_malloc_aligned(size, usable);
	return memory ? memory : too_much(); /* which mimalloc does not always tell */
}

PUBLIC void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

/* Returns the error instead of setting errno. */
PUBLIC int posix_memalign(void **result, size_t alignment, size_t size)
{
	void *memory;
	int before = errno;

	if (alignment < sizeof(void *) || (alignment & (alignment - 1)))
		return EINVAL;
	memory = mi_malloc_aligned(size, alignment);
	errno = before;
	if (!memory)
		return ENOMEM;
	*result = memory;
	return 0;
}

PUBLIC void *valloc(size_t size)
{
	return memalign(_mi_os_page_size(), size);
}

PUBLIC void *pvalloc(size_t size)
{
	size_t page = _mi_os_page_size();

	return size > SIZE_MAX - page ? too_much() : memalign(page, _mi_align_up(size, page));
}

PUBLIC size_t malloc_usable_size(void *memory)
{
	return mi_usable_size(memory);
}

PUBLIC void cfree(void *memory)
{
	free(memory);
}

PUBLIC void *_malloc_r(struct _reent *reent, size_t size)
{
	return malloc(size);
}

PUBLIC void _free_r(struct _reent *reent, void *memory)
{
	free(memory);
}

PUBLIC void *_calloc_r(struct _reent *reent, size_t count, size_t size)
{
	return calloc(count, size);
}

PUBLIC void *_realloc_r(struct _reent *reent, void *memory, size_t size)
{
	return realloc(memory, size);
}

PUBLIC void *_memalign_r(struct _reent *reent, size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

PUBLIC void *_valloc_r(struct _reent *reent, size_t size)
{
	return valloc(size);
}

PUBLIC void *_pvalloc_r(struct _reent *reent, size_t size)
{
	return pvalloc(size);
}

PUBLIC size_t _malloc_usable_size_r(struct _reent *reent, void *memory)
{
	return malloc_usable_size(memory);
}

/* Called by libos when a thread has done all that might allocate: what it still holds goes to the others. */
PUBLIC void skl_malloc_thread_ends(void)
{
	mi_thread_done();
}
