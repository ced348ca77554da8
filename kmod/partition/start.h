/* SPDX-License-Identifier: GPL-2.0-only */
/* A CPU that Linux has let go of, into the monitor and out of it. */
#ifndef SKL_START_H
#define SKL_START_H

#include "pool.h"

/*
 * INIT, SIPI, and wait until it has parked: for a fresh CPU, or for one that answers nothing else.
 */
int skl_start_cpu(struct skl_cpu *cpu);
/* Stops it where it is; it does nothing until the next SIPI. Any context. */
void skl_halt_cpu(u32 apic_id);

#endif
