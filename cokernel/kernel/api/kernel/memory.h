/* SPDX-License-Identifier: MIT */
/* The isle's own memory: a heap that grows in place, and page ranges for everything else. */
#ifndef SKELLIG_KERNEL_MEMORY_H
#define SKELLIG_KERNEL_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SKL_NO_ADDRESS UINT64_MAX

/* Moves the end of the heap by `bytes`; new memory reads as zero. Returns the end before the move, or SKL_NO_ADDRESS. */
uint64_t skl_heap_move(int64_t bytes);

/* Zeroed pages: size is rounded up to 4 KiB, alignment is a power of two. Returns SKL_NO_ADDRESS when there is no such range. */
uint64_t skl_pages_allocate(uint64_t size, uint64_t alignment);

/* Gives back what skl_pages_allocate returned, or whole pages of it. The range must be readable and writable. */
void skl_pages_release(uint64_t address, uint64_t size);

/* Rights are SKL_RIGHT_* of the ABI. Returns 0 or a negative errno. */
int skl_pages_protect(uint64_t address, uint64_t size, uint32_t rights);

/* Bytes in all own memory, and bytes not handed out. */
uint64_t skl_memory_total(void);
uint64_t skl_memory_free(void);

#ifdef __cplusplus
}
#endif

#endif
