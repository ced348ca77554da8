/* SPDX-License-Identifier: MIT */
/* Questions to the allocator, and requests that it be different. Included behind names.c. */

static bool add_area(const mi_heap_t *heap, const mi_heap_area_t *area, void *block, size_t size, void *sum)
{
	struct mallinfo *info = sum;

	info->arena += area->reserved;
	info->uordblks += area->used * area->full_block_size;
	return true;
}

/* Of the calling thread, blocks that have a segment of their own left out. */
PUBLIC struct mallinfo mallinfo(void)
{
	struct mallinfo info = { 0 };

	mi_heap_visit_blocks(mi_heap_get_default(), false, add_area, &info);
	info.fordblks = info.arena - info.uordblks;
	return info;
}

PUBLIC struct mallinfo _mallinfo_r(struct _reent *reent)
{
	return mallinfo();
}

/* What glibc knows, it says yes to; nothing changes. */
PUBLIC int mallopt(int parameter, int value)
{
	return parameter >= M_MMAP_MAX && parameter <= M_TRIM_THRESHOLD;
}

PUBLIC int _mallopt_r(struct _reent *reent, int parameter, int value)
{
	return mallopt(parameter, value);
}

/* 1: something went back. */
PUBLIC int malloc_trim(size_t kept)
{
	uint64_t before = skl_memory_free();

	mi_collect(true);
	return skl_memory_free() > before;
}

PUBLIC int _malloc_trim_r(struct _reent *reent, size_t kept)
{
	return malloc_trim(kept);
}
