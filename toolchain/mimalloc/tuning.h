/* SPDX-License-Identifier: MIT */
/*
 * mimalloc's sizes, for memory that is there once and for all instead of promised. Changed where they have just been defined, before any
 * function of a header has used them.
 */
#ifndef SKELLIG_MIMALLOC_TUNING_H
#define SKELLIG_MIMALLOC_TUNING_H

#include "mimalloc.h"
#include "mimalloc-types.h"

/*
 * A thread's memory comes in segments. 32 MiB of them are promised by Linux and filled as they are touched; here a thread that
 * allocates at all takes a whole one, and a small isle has few places for one, so 4 MiB: the least that mimalloc can count in its masks.
 * Its structures keep the room of the larger one.
 */
#undef MI_SEGMENT_SHIFT
#define MI_SEGMENT_SHIFT (6 + MI_SEGMENT_SLICE_SHIFT)

/* Blocks up to here share a segment; one of their own begins at a multiple of 4 MiB, whatever its size. */
#undef MI_LARGE_OBJ_SIZE_MAX
#define MI_LARGE_OBJ_SIZE_MAX (MI_SEGMENT_SIZE - MI_MEDIUM_PAGE_SIZE)

#include "mimalloc-internal.h"

#endif
