/* SPDX-License-Identifier: MIT */
/* The reports that print: apart, since whoever allocates does not want printf for it. */
#include <malloc.h>
#include <reent.h>
#include <stdio.h>

void malloc_stats(void)
{
	struct mallinfo info = mallinfo();

	fprintf(stderr, "system bytes     = %10zu\nin use bytes     = %10zu\n", info.arena, info.uordblks);
}

void _malloc_stats_r(struct _reent *reent)
{
	malloc_stats();
}

void mstats(char *title)
{
	fprintf(stderr, "%s\n", title);
	malloc_stats();
}

void _mstats_r(struct _reent *reent, char *title)
{
	mstats(title);
}
