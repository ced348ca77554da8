/* SPDX-License-Identifier: MIT */
/* The value from which every register in hold_pattern differs by its number. */
#ifndef FENCE_PATTERN_H
#define FENCE_PATTERN_H

#define PATTERN 0x1a3c1000

#endif
