/* SPDX-License-Identifier: MIT */
/*
 * Included in front of newlib's printf and scanf sources, so that positional arguments (%1$s) and %La work on x86-64 without a patch.
 *
 * They pass `&ap`, ap being a parameter of type va_list, as a `va_list *`. On x86-64 va_list is an array, so as a parameter it is a
 * pointer and `&ap` a pointer to that: two types that newlib 3.3.0 confuses, and crashes. Here va_list is the pointer from the
 * start: parameters are the same to callers, and `va_list *` becomes what `&ap` is. The sources declare no va_list but parameters.
 *
 * For %La they call frexp((double)value, ...) of a long double `value`, "since frexpl is not yet supported": half the digits, and a crash where
 * a double has no room.
 */
#include <math.h>
#include <stdarg.h>

typedef __typeof__(&((__builtin_va_list *)0)[0][0]) va_list_pointer;
#define va_list va_list_pointer

/* Of a finite number; libm's would make each program that prints need libm. */
static inline long double skl_frexpl(long double number, int *exponent)
{
	union {
		long double number;
		struct {
			unsigned long mantissa;
			unsigned short exponent;
		} parts;
	} split = {number};

	*exponent = 0;
	if (number == 0)
		return number;
	if (split.parts.exponent == 0) {
		split.number *= 0x1p64L;
		*exponent = -64;
	}
	*exponent += split.parts.exponent - 16382;
	split.parts.exponent = 16382;
	return split.number;
}
#define frexp(rounded, exponent) skl_frexpl(value, exponent)
