/* SPDX-License-Identifier: GPL-2.0-only */
/* Gets CPUs out of an enclave, whatever runs there. */
#ifndef SKL_PARK_H
#define SKL_PARK_H

#include "pool.h"

/*
 * Asks with growing insistence; afterwards skl_is_parked() tells who has obeyed. Process context.
 */
void skl_park(struct skl_cpu **cpus, unsigned int count);
bool skl_is_parked(const struct skl_cpu *cpu);

#endif
