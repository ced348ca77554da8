/* SPDX-License-Identifier: MIT */
/*
 * What mimalloc asks of an operating system, from the isle's pages: in place of its os.c, arena.c and segment-cache.c. Taking and giving
 * back is a few dozen instructions, so nothing is kept; and nothing is decommitted, since pages are of use to others only as a whole.
 */
#include <errno.h>
#include <kernel/memory.h>

_Atomic(size_t) _mi_numa_node_count = 1;

void _mi_os_init(void) {}

size_t _mi_os_page_size(void)
{
	return 4096;
}

size_t _mi_os_good_alloc_size(size_t size)
{
	return _mi_align_up(size, _mi_os_page_size());
}

/* For the heaps themselves: zero. */
void *_mi_os_alloc(size_t size, mi_stats_t *stats)
{
	uint64_t address = skl_pages_allocate(size, _mi_os_page_size());

	return address == SKL_NO_ADDRESS ? NULL : (void *)address;
}

void _mi_os_free(void *memory, size_t size, mi_stats_t *stats)
{
	skl_pages_release((uint64_t)memory, size);
}

/* All of it is there, always. */
bool _mi_os_commit(void *memory, size_t size, bool *is_zero, mi_stats_t *stats)
{
	*is_zero = false;
	return true;
}

bool _mi_os_decommit(void *memory, size_t size, mi_stats_t *stats)
{
	return true;
}

/* A memory id, which is ours to define: was the segment zero? */
enum { SEGMENT_USED, SEGMENT_ZERO };

/*
 * A segment. `align_offset`, a multiple of the segment size, is where in it `alignment` counts; what that leaves in front goes back at
 * once.
 */
void *_mi_arena_alloc_aligned(size_t size, size_t alignment, size_t align_offset, bool *commit, bool *large, bool *is_pinned,
			      bool *is_zero, mi_arena_id_t arena, size_t *memid, mi_os_tld_t *tld)
{
	size_t in_front = _mi_align_up(align_offset, alignment) - align_offset;
	int zero;
	uint64_t address;

	if (size + in_front < size)
		return NULL;
	address = skl_pages_allocate_any(size + in_front, alignment, &zero);
	if (address == SKL_NO_ADDRESS)
		return NULL;
	if (in_front)
		skl_pages_release(address, in_front);
	*commit = true;
	*large = false;
	*is_pinned = true;
	*is_zero = zero;
	*memid = zero ? SEGMENT_ZERO : SEGMENT_USED;
	return (void *)(address + in_front);
}

void _mi_arena_free(void *segment, size_t size, size_t alignment, size_t align_offset, size_t memid, bool committed, mi_stats_t *stats)
{
	skl_pages_release((uint64_t)segment, size);
}

mi_arena_id_t _mi_arena_id_none(void)
{
	return 0;
}

bool _mi_arena_memid_is_suitable(size_t memid, mi_arena_id_t arena)
{
	return true;
}

void *_mi_segment_cache_pop(size_t size, mi_commit_mask_t *commit, mi_commit_mask_t *decommit, bool *large, bool *is_pinned,
			    bool *is_zero, mi_arena_id_t arena, size_t *memid, mi_os_tld_t *tld)
{
	return NULL;
}

bool _mi_segment_cache_push(void *segment, size_t size, size_t memid, const mi_commit_mask_t *commit, const mi_commit_mask_t *decommit,
			    bool large, bool is_pinned, mi_os_tld_t *tld)
{
	return false;
}

void _mi_segment_cache_collect(bool force, mi_os_tld_t *tld) {}

/* A map of the segments is for finding invalid pointers, which is for debugging. */
void _mi_segment_map_allocated_at(const mi_segment_t *segment) {}
void _mi_segment_map_freed_at(const mi_segment_t *segment) {}
