/* SPDX-License-Identifier: MIT */
/* Where programs look for ucontext_t. */
#ifndef SKELLIG_UCONTEXT_H
#define SKELLIG_UCONTEXT_H

#include <sys/ucontext.h>

#endif
