/* SPDX-License-Identifier: MIT */
/* What programs of this folder say of what they have looked at. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdio.h>

static inline void check(const char *what, int holds)
{
	printf("%s: %s\n", what, holds ? "yes" : "no");
}

/* Is every byte `value`? */
static inline int all(const char *memory, size_t size, char value)
{
	for (size_t i = 0; i < size; i++)
		if (memory[i] != value)
			return 0;
	return 1;
}

#endif
