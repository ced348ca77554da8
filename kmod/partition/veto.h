/* SPDX-License-Identifier: GPL-2.0-only */
/* Which CPUs are lent, and the refusal to bring such a one online. */
#ifndef SKL_VETO_H
#define SKL_VETO_H

#include <linux/types.h>

int skl_veto_open(void);
void skl_veto_close(void);

void skl_lend(unsigned int cpu);
void skl_unlend(unsigned int cpu);
bool skl_is_lent(unsigned int cpu);
/* INIT to every lent CPU. Any context, also while the node dies. */
void skl_halt_lent(void);

#endif
