/* SPDX-License-Identifier: MIT */
/* The C library's own. */
#ifndef SKELLIG_HERMIT_STDIO_H
#define SKELLIG_HERMIT_STDIO_H

#include <stdio.h>

#endif
