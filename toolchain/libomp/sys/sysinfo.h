/* SPDX-License-Identifier: MIT */
/* LLVM's OpenMP runtime includes it and uses nothing of it. */
