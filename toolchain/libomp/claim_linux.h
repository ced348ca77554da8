/* SPDX-License-Identifier: MIT */
/* Included first in every file of LLVM's OpenMP runtime: with Linux's futexes and affinity it runs here, by syscall(). Nothing else is. */
#define __linux__ 1
