/* SPDX-License-Identifier: MIT */
/* The C library's own. */
#ifndef SKELLIG_HERMIT_CTYPE_H
#define SKELLIG_HERMIT_CTYPE_H

#include <ctype.h>

#endif
