/* SPDX-License-Identifier: MIT */
/* The C library's own. */
#ifndef SKELLIG_HERMIT_STRING_H
#define SKELLIG_HERMIT_STRING_H

#include <string.h>

#endif
