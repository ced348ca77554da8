/* SPDX-License-Identifier: GPL-2.0-only */
/* The page tables of parked CPUs. */
#ifndef SKL_TABLES_H
#define SKL_TABLES_H

#include <linux/types.h>

int skl_tables_open(u32 trampoline_pa);
void skl_tables_close(void);
bool skl_tables_ready(void);
u32 skl_tables_root_pa(void);

/* Lets parked CPUs see [pa, pa + size) in their window; seen once, it stays seen. */
int skl_tables_cover(u64 pa, u64 size);
int skl_tables_cover_block(u64 pa);

#endif
