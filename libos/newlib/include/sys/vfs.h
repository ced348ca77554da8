/* SPDX-License-Identifier: MIT */
/* <sys/statfs.h> by its other name. */
#include <sys/statfs.h>
