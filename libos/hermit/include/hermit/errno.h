/* SPDX-License-Identifier: MIT */
/* The errors of <hermit/syscall.h>, which answers them negative. */
#ifndef SKELLIG_HERMIT_ERRNO_H
#define SKELLIG_HERMIT_ERRNO_H

#include <errno.h>

#endif
