/* SPDX-License-Identifier: MIT */
/* Groups of rows; other than 0: threads cannot be had. */
#ifndef SKELLIG_BENCH_ROWS_H
#define SKELLIG_BENCH_ROWS_H

int measure_allocation(void); /* each row is 1,000 blocks */
int measure_threads(void); /* each row is 100 times */

#endif
