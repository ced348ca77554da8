/* SPDX-License-Identifier: MIT */
/* Where Linux programs look for feature macros. */
#include <sys/features.h>
