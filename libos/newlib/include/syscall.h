/* SPDX-License-Identifier: MIT */
/* The older name of <sys/syscall.h>. */
#include <sys/syscall.h>
