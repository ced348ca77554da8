/* SPDX-License-Identifier: MIT */
/* A lock that its owner may take again. */
#ifndef SKELLIG_HERMIT_SPINLOCK_TYPES_H
#define SKELLIG_HERMIT_SPINLOCK_TYPES_H

#include <stdint.h>

typedef struct spinlock {
	uint32_t __state;
	uint32_t __owner; /* 0: nobody */
	uint32_t __depth;
} spinlock_t;

#define SPINLOCK_INIT {0, 0, 0}

#endif
