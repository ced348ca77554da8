/* SPDX-License-Identifier: MIT */
/*
 * Threads: each bound to a CPU of the enclave, and to a slot for its forwarded calls. Errors are Linux's, negative.
 */
#ifndef SKELLIG_KERNEL_THREAD_H
#define SKELLIG_KERNEL_THREAD_H

#include <kernel/futex.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct skl_thread; /* its address is its thread pointer: FS base while it runs */

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

static inline uint32_t skl_thread_number(const struct skl_thread *thread)
{
	return *(const uint32_t *)((const char *)thread + SKL_THREAD_ID);
}

/* False until a second thread is made: then locks must be taken atomically. */
extern int skl_threaded;

struct skl_thread *skl_thread_self(void);
struct skl_stack skl_thread_stack(const struct skl_thread *thread); /* null: the calling one's */

#define SKL_CPU_WORDS 4 /* of a CPU mask: bit n of word m is CPU 64 * m + n of the enclave */

struct skl_thread_plan {
	uint64_t stack_base; /* the caller's own memory for stack and thread-local storage, kept until the thread is gone; 0: allocate */
	uint64_t stack_size; /* bytes; of memory that is allocated, what the thread can use */
	uint64_t guard_size; /* bytes below an allocated stack that nobody may touch */
	const uint64_t *cpus; /* SKL_CPU_WORDS words; null: any. Among them it is the next one's turn */
};

/*
 * Makes a thread with its thread-local storage, which does not run yet. Returns 0, -ENOMEM, -EAGAIN (no more than 1024 threads), or
 * -EINVAL: no such CPU, or too little stack.
 */
int skl_thread_create(const struct skl_thread_plan *plan, struct skl_thread **thread);
/* Runs it. The function should end with skl_thread_exit(). */
void skl_thread_launch(struct skl_thread *thread, void (*function)(void *), void *argument);

void skl_thread_exit(void) __attribute__((noreturn));
/* Waits until the thread has left its stack for good. Then skl_thread_release() gives everything back. */
enum skl_futex_answer skl_thread_join(struct skl_thread *thread, uint64_t deadline);
void skl_thread_release(struct skl_thread *thread);
/* Nobody will join it: it is released when it has ended. */
void skl_thread_detach(struct skl_thread *thread);

/* To the end of the queue of this CPU. */
void skl_thread_yield(void);
/* Wakes it if it waits, brings it into an upcall if it runs: it looks at its signals. */
void skl_thread_interrupt(struct skl_thread *thread);

/* Affinity: it moves at its next occasion unless it is on one of them already. -EINVAL: the enclave has none of these CPUs. */
int skl_thread_set_cpus(struct skl_thread *thread, const uint64_t *mask);
void skl_thread_get_cpus(const struct skl_thread *thread, uint64_t *mask);
uint32_t skl_thread_cpu(void); /* that the caller runs on */

#ifdef __cplusplus
}
#endif

#endif
