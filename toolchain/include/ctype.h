/* SPDX-License-Identifier: MIT */
/*
 * newlib's <ctype.h>. newlib itself is built with locales of threads (__HAVE_LOCALE_INFO__); the table of bytes is the same in all of ours,
 * so nobody needs to ask the thread for it.
 */
#ifndef SKELLIG_CTYPE_H
#define SKELLIG_CTYPE_H

#pragma push_macro("__HAVE_LOCALE_INFO__")
#undef __HAVE_LOCALE_INFO__
#include_next <ctype.h>
#pragma pop_macro("__HAVE_LOCALE_INFO__")

#endif
