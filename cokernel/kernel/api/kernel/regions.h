/* SPDX-License-Identifier: MIT */
/* What there is in the isle's address space, and how much of its memory has been in use. */
#ifndef SKELLIG_KERNEL_REGIONS_H
#define SKELLIG_KERNEL_REGIONS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum skl_region_kind {
	SKL_REGION_IMAGE,     /* a segment of it, with the rights that it was linked with */
	SKL_REGION_ARGUMENTS, /* argv, environment and their texts */
	SKL_REGION_HEAP,
	SKL_REGION_STACK,     /* the main thread's */
	SKL_REGION_MAPPING,
	SKL_REGION_PAGES,     /* other pages: threads, the library kernel's own */
	SKL_REGION_PUBLIC,    /* what isle and proxy share */
	SKL_REGION_CALL,      /* the way to the monitor */
};
struct skl_region {
	uint64_t address, size; /* whole pages */
	uint64_t offset;	/* of an image, in its file */
	uint32_t rights;	/* SKL_RIGHT_* of the ABI; 0: nobody may touch it */
	enum skl_region_kind kind;
};
/*
 * The first one at the address or above; of one that the address is in, the part from there on. Neighbours may be alike. Returns 0 or
 * -ENOENT: there are no more.
 */
int skl_region_next(uint64_t address, struct skl_region *region);

/* Most bytes of own memory that were handed out at a time. */
uint64_t skl_memory_peak(void);

#ifdef __cplusplus
}
#endif

#endif
