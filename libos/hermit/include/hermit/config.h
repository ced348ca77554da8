/* SPDX-License-Identifier: MIT */
/* Limits, under the names of HermitCore's generated header. */
#ifndef SKELLIG_HERMIT_CONFIG_H
#define SKELLIG_HERMIT_CONFIG_H

#define PACKAGE_NAME "Skellig"
#define MAX_CORES 256
#define MAX_TASKS 1024
#define MAX_ISLE 8
#define MAX_FNAME 128
#define TIMER_FREQ 100
#define CACHE_LINE 64
#define KMSG_SIZE 0x1000
#define DEFAULT_STACK_SIZE (1984 * 1024)

#endif
