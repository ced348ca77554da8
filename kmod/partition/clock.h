/* SPDX-License-Identifier: GPL-2.0-only */
/* The page by which an isle tells the time. */
#ifndef SKL_CLOCK_H
#define SKL_CLOCK_H

#include <linux/types.h>
#include <skellig/public.h>

struct skl_enclave;

/* The isle can write the page: what counts is this copy. */
struct skl_clock_page {
	struct skl_clock *page;
	struct skl_clock last;
};

void skl_clock_open(void);
void skl_clock_close(void);
/*
 * With pool.lock; the page is brought up to date once a second while the enclave is in the pool's
 * list.
 */
void skl_clock_begin(struct skl_clock_page *clock, struct skl_clock *page);

#endif
