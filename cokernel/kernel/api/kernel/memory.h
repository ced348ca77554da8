/* SPDX-License-Identifier: MIT */
/* The isle's own memory: a heap that grows in place, pages, and mappings of pages. */
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
/* The same, with whatever the pages hold; *zero says whether that is zeros. */
uint64_t skl_pages_allocate_any(uint64_t size, uint64_t alignment, int *zero);

/* Gives back what skl_pages_allocate returned, or whole pages of it. The range must be readable and writable. */
void skl_pages_release(uint64_t address, uint64_t size);

/* Rights are SKL_RIGHT_* of the ABI. Returns 0 or a negative errno. */
int skl_pages_protect(uint64_t address, uint64_t size, uint32_t rights);

/*
 * Mappings: pages whose rights are kept, so that they can be given back in any part and state. Addresses and sizes are whole pages that do
 * not wrap. Errors are Linux's, negative.
 */
enum skl_map_place {
	SKL_MAP_ANYWHERE,
	SKL_MAP_NEAR, /* at the address, or else anywhere */
	SKL_MAP_AT,   /* at the address, or -EEXIST */
	SKL_MAP_OVER, /* at the address, in place of mappings; -ENOMEM: something else is there */
};
#define SKL_MAP_FILE 2		 /* its contents came from a file: skl_map_forget() leaves them */
#define SKL_MAP_NEVER_WRITABLE 4 /* but at first: skl_map_protect() answers -EACCES */

struct skl_mapping {
	uint64_t address, size; /* the size is rounded up */
	uint64_t alignment;
	enum skl_map_place place;
	uint32_t rights;
	uint32_t kind; /* SKL_MAP_FILE, SKL_MAP_NEVER_WRITABLE */
};
/* Zero pages; their address. */
int64_t skl_map(const struct skl_mapping *wanted);
/* Free pages may be among them. -EINVAL: the heap, a stack, the image; nothing is changed then. */
int skl_map_end(uint64_t address, uint64_t size);
/* Also of the heap, stacks and the image. -ENOMEM: something there is free, or the monitor has no tables left. */
int skl_map_protect(uint64_t address, uint64_t size, uint32_t rights);
/* Makes zero what is not of a file. -ENOMEM: something there is free. */
int skl_map_forget(uint64_t address, uint64_t size);
int skl_map_present(uint64_t address, uint64_t size);
/* Rights and kind of what is one mapping throughout, or -EFAULT. */
int skl_map_rights(uint64_t address, uint64_t size, uint32_t *kind);

/* Bytes in all own memory, and bytes not handed out. */
uint64_t skl_memory_total(void);
uint64_t skl_memory_free(void);

#ifdef __cplusplus
}
#endif

#endif
