/* SPDX-License-Identifier: MIT */
#ifndef SKELLIG_BENCH_ALLOCATE_H
#define SKELLIG_BENCH_ALLOCATE_H

/* Each row is 1,000 blocks. Nonzero: threads cannot be had. */
int measure_allocation(void (*measure)(const char *name, void (*call)(void)));

#endif
