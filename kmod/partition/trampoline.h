/* SPDX-License-Identifier: GPL-2.0-only */
/* The page below 1 MiB where a CPU begins after INIT and SIPI. */
#ifndef SKL_TRAMPOLINE_H
#define SKL_TRAMPOLINE_H

#include <linux/types.h>

int skl_trampoline_open(void);
u32 skl_trampoline_pa(void);

/* Between these two the page holds start code for the CPU with this block; one at a time. */
void skl_trampoline_fill(u64 block_pa);
void skl_trampoline_restore(void);

#endif
