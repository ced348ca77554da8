/* SPDX-License-Identifier: GPL-2.0-only */
/* Zeroes what the pool takes and what enclaves leave. */
#ifndef SKL_SCRUB_H
#define SKL_SCRUB_H

int skl_scrub_open(void);
void skl_scrub_close(void);
/* There may be something to do. Any context. */
void skl_scrub_kick(void);

#endif
