/* SPDX-License-Identifier: MIT */
/* Included in front of musl's files: the one error that they tell has another number in newlib (zones.c checks it). */
#include <errno.h>
#undef EOVERFLOW
#define EOVERFLOW 139
