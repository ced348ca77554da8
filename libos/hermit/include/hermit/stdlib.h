/* SPDX-License-Identifier: MIT */
/* The C library's own. */
#ifndef SKELLIG_HERMIT_STDLIB_H
#define SKELLIG_HERMIT_STDLIB_H

#include <stdlib.h>

#endif
