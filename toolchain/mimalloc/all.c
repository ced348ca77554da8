/* SPDX-License-Identifier: MIT */
/*
 * malloc for an isle: mimalloc's allocator as it is, over the isle's pages in place of an operating system. Compiled as one unit, so
 * that only the C library's names are left of it.
 */
#include "tuning.h"

#include "pages.c"
#include "settings.c"

#include "segment.c"
#include "page.c"
#include "heap.c"
#include "alloc.c"
#include "alloc-aligned.c"
#undef MI_USE_PTHREADS /* names.c tells when a thread ends */
#include "init.c"

#include "names.c"
#include "reports.c"
