/* SPDX-License-Identifier: MIT */
/* The calling thread. One thread exists so far; everything here is per thread already. */
#ifndef SKELLIG_KERNEL_THREAD_H
#define SKELLIG_KERNEL_THREAD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct skl_stack {
	uint64_t base; /* lowest usable address; the page below it is a guard */
	uint64_t size;
};

uint32_t skl_thread_id(void); /* 0: the main thread */
struct skl_stack skl_thread_stack(void);
void skl_thread_yield(void);

#ifdef __cplusplus
}
#endif

#endif
