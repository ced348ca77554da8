/* SPDX-License-Identifier: MIT */
/*
 * Included in front of newlib's printf and scanf sources, so that positional arguments (%1$s) work on x86-64 without a patch.
 *
 * They pass `&ap`, ap being a parameter of type va_list, as a `va_list *`. On x86-64 va_list is an array, so as a parameter it is a
 * pointer and `&ap` a pointer to that: two types that newlib 3.3.0 confuses, and crashes. Here va_list is the pointer from the
 * start: parameters are the same to callers, and `va_list *` becomes what `&ap` is. The sources declare no va_list but parameters.
 */
#include <stdarg.h>

typedef __typeof__(&((__builtin_va_list *)0)[0][0]) va_list_pointer;
#define va_list va_list_pointer
