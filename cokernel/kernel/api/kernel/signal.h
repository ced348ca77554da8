/* SPDX-License-Identifier: MIT */
/*
 * What interrupts a thread: exceptions of its own instructions, and signals from outside. The library kernel saves and restores, libos
 * decides; the functions at the end are libos's.
 */
#ifndef SKELLIG_KERNEL_SIGNAL_H
#define SKELLIG_KERNEL_SIGNAL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* General registers of the interrupted code; changes take effect when it goes on. */
struct skl_registers {
	uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
	struct {
		uint64_t rip, cs, rflags, rsp, ss; /* as iretq takes them */
	} frame;
};

/* An interruption, on the stack that the interrupted thread goes on with. */
struct skl_interruption {
	struct skl_registers *registers;
	void *vectors; /* XSAVE image, standard format */
};

/* An exception of the processor. [sdm/3a] 6.15 */
struct skl_trap {
	uint32_t vector;
	uint32_t reserved;
	uint64_t error;
	uint64_t address; /* of a page fault */
};

/* Signals that the proxy has passed on since the last call; bit n - 1 is Linux's signal n. */
uint64_t skl_signals_take(void);
int skl_signals_arrived(void);

/*
 * Sleeps until `arrived` says so or CLOCK_MONOTONIC has reached `deadline`; zero: time-out. Who makes `arrived` come true calls
 * skl_thread_interrupt() afterwards. It is called with upcalls masked, and must not block.
 */
int skl_wait_for(int (*arrived)(void *), void *argument, uint64_t deadline);

/* Calls skl_signals_deliver() with the caller as the interrupted code. */
void skl_interrupt_self(void);

/* Calls function(number, info, context) on another stack, whose end (highest address) is `top`. */
void skl_call_on_stack(uint64_t top, void (*function)(int, void *, void *), int number, void *info, void *context);

/* libos. Signals have come from the proxy: choose threads, skl_thread_interrupt() them. Upcalls masked; the caller may be no thread. */
void skl_signals_distribute(uint64_t signals);
/*
 * A thread is about to go on after an upcall: deliver what is pending. Called with upcalls let in; may not return.
 */
void skl_signals_deliver(const struct skl_interruption *interruption);
/*
 * A thread has let upcalls in again, and some had come meanwhile: deliver what is pending, but do not cancel it, since it may have what it
 * waited for and must not lose that. Upcalls let in; may not return.
 */
void skl_signals_held_off(void);
/* Is there anything for skl_signals_deliver() to do, or for a thread in a forwarded call to be interrupted by? No locks here. */
int skl_signals_waiting(void);
/* The stack to handle this trap on (its end), or 0: not handled, the isle ends. On the exception stack: look, do not touch. */
uint64_t skl_trap_stack(const struct skl_trap *trap, const struct skl_registers *registers);
/* Handle it; on that stack, upcalls let in. May not return. */
void skl_trap_handle(const struct skl_trap *trap, const struct skl_interruption *interruption);
/* A `syscall` instruction: number and arguments in the registers as Linux has them, answer to rax. */
void skl_syscall_instruction(struct skl_registers *registers);

#ifdef __cplusplus
}
#endif

#endif
