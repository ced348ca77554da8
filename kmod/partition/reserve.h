/* SPDX-License-Identifier: GPL-2.0-only */
/* CPUs from Linux into the pool and back. */
#ifndef SKL_RESERVE_H
#define SKL_RESERVE_H

#include <linux/bitops.h>
#include <linux/find.h>

#include "pool.h"

int skl_reserve_cpus(struct skl_ioc_cpus *request);
int skl_release_cpus(struct skl_ioc_cpus *request);

/* Back to what it was found as; the CPU is in no list any more and halted. */
int skl_give_back(struct skl_cpu *cpu);

/* What every lent CPU needs; made when the first thing is taken. */
int skl_pool_open(void);
void skl_pool_close(void);

/* Calls for each Linux CPU number of a request's bitmap. */
#define skl_for_each_cpu(n, words) \
	for_each_set_bit(n, (const unsigned long *)(words), SKL_CPU_WORDS * 64)

#endif
