/* SPDX-License-Identifier: MIT */
/* The C library's own. */
#ifndef SKELLIG_HERMIT_STDARG_H
#define SKELLIG_HERMIT_STDARG_H

#include <stdarg.h>

#endif
