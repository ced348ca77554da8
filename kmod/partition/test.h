/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults that only the test build (SKL_TEST=1) can plant. */
#ifndef SKL_TEST_H
#define SKL_TEST_H

#include "pool.h"

#ifdef SKL_TEST
void skl_test_open(void);
void skl_test_close(void);
u32 skl_test_mailbox_flags(const struct skl_cpu *cpu);
bool skl_test_no_restart(const struct skl_cpu *cpu);

static inline bool skl_test_build(void)
{
	return true;
}
#else
static inline void skl_test_open(void)
{
}

static inline void skl_test_close(void)
{
}

static inline u32 skl_test_mailbox_flags(const struct skl_cpu *cpu)
{
	return 0;
}

static inline bool skl_test_no_restart(const struct skl_cpu *cpu)
{
	return false;
}

static inline bool skl_test_build(void)
{
	return false;
}
#endif

#endif
