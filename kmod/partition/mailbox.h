/* SPDX-License-Identifier: GPL-2.0-only */
/* Commands to the monitor of one lent CPU. */
#ifndef SKL_KMOD_MAILBOX_H
#define SKL_KMOD_MAILBOX_H

#include "pool.h"

/* TCG on a loaded machine needs seconds where a CPU needs microseconds. */
#define SKL_ACK_NS (2ULL * NSEC_PER_SEC)

void skl_mailbox_fill(struct skl_cpu *cpu);
void skl_mailbox_reset(struct skl_cpu *cpu);

/*
 * Posting needs the CPU to be the caller's: taken from the pool, or held by its enclave under the
 * command lock.
 */
void skl_post(struct skl_cpu *cpu, u32 command, u64 argument0, u64 argument1);
bool skl_acknowledged(const struct skl_cpu *cpu);
int skl_acknowledge_wait(const struct skl_cpu *cpu, u64 timeout_ns);
bool skl_alive(const struct skl_cpu *cpu);
bool skl_alive_wait(const struct skl_cpu *cpu, u64 timeout_ns);

#endif
