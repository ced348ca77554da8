/* SPDX-License-Identifier: MIT */
/*
 * Compiled into newlib's locale.c first: with __HAVE_LOCALE_INFO__ it compiles for Cygwin only. It sets a variable that it declares
 * there alone, and defines two functions that are macros in our <ctype.h>.
 */
#include <ctype.h>
#undef __locale_ctype_ptr
#undef __locale_ctype_ptr_l

static int ret; /* 0: what the loaders in toolchain/posix/locale_data.c answer */
