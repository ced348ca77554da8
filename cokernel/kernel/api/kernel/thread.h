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

/* Offset of the thread's number from its thread pointer. */
#define SKL_THREAD_ID 48

/* 0: the main thread. Inline, since each lock of the C library asks. */
static inline uint32_t skl_thread_id(void)
{
	uint32_t id;

	__asm__("movl %%fs:%c1, %0" : "=r"(id) : "i"(SKL_THREAD_ID));
	return id;
}

/* False until a second thread is started: then locks must be taken atomically. */
extern int skl_threaded;

struct skl_stack skl_thread_stack(void);
void skl_thread_yield(void);

#ifdef __cplusplus
}
#endif

#endif
