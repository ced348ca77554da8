/* SPDX-License-Identifier: MIT */
/*
 * strtod() and its kin over musl's __floatscan(), in place of newlib's: those round a float twice, heed no rounding mode rightly, and make
 * a signalling NaN of "nan(12)". Compiled against musl's headers; newlib's locales and reentrancy structures are only passed by, since the
 * decimal point of all locales of an isle is '.'.
 *
 * __floatscan() is right when rounding is to nearest. In the other modes, and where it would have to tell a range error from an exact small
 * number, the digits are cut off at 64 bits instead; the last bit is set if anything was lost ("rounding to odd"), and the processor rounds
 * that to the type in its own mode, which is right for types at least two bits shorter, and says whether the number was out of range.
 */
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include "floatscan.h"
#include "shgetc.h"

enum type { FLOAT, DOUBLE, LONG_DOUBLE }; /* as __floatscan() counts them */

/* Of the x87 control and status words. [Intel SDM 1, 8.1] */
enum { MASKED = 0x3f, ROUNDING = 0xc00, TO_NEAREST = 0, TO_ZERO = 0xc00 };
enum { OVERFLOW = 0x08, UNDERFLOW = 0x10, INEXACT = 0x20, EXCEPTIONS = 0x3f };

static unsigned control(void)
{
	uint16_t word;

	__asm__ volatile("fnstcw %0" : "=m"(word));
	return word;
}

static void set_control(unsigned value)
{
	uint16_t word = value;

	__asm__ volatile("fldcw %0" : : "m"(word));
}

static unsigned exceptions(void)
{
	uint16_t word;

	__asm__ volatile("fnstsw %0" : "=m"(word));
	return word & EXCEPTIONS;
}

static void clear_exceptions(void)
{
	__asm__ volatile("fnclex");
}

/* For the program, which looks at both units; in MXCSR, where setting them raises nothing. */
static void tell_exceptions(unsigned which)
{
	uint32_t mxcsr;

	__asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
	mxcsr |= which;
	__asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
}

struct number {
	long double value;
	off_t length; /* of its text; 0: there is none */
};

static struct number scan(const char *text, enum type type)
{
	FILE file;
	struct number number;

	sh_fromstring(&file, text);
	shlim(&file, 0);
	number.value = __floatscan(&file, type, 1);
	number.length = shcnt(&file);
	while (isspace((unsigned char)*text))
		text++;
	number.value = copysignl(number.value, *text == '-' ? -1 : 1); /* of "-nan", too, and of what was rounded to zero */
	return number;
}

static long double with_last_bit(long double value)
{
	union {
		long double value;
		uint64_t significand;
	} bits = {value};

	bits.significand |= 1;
	return bits.value;
}

static long double rounded(long double value, enum type type)
{
	volatile float single;
	volatile double twofold;

	if (type == FLOAT)
		return single = value;
	return twofold = value;
}

/* By way of 64 bits; a long double has no more. errno is ERANGE or 0. */
static struct number scan_carefully(const char *text, enum type type)
{
	unsigned before = control(), earlier = exceptions();
	struct number number;

	clear_exceptions();
	set_control(before | MASKED | (type == LONG_DOUBLE ? 0 : TO_ZERO));
	errno = 0;
	number = scan(text, LONG_DOUBLE);
	if (type != LONG_DOUBLE) {
		if ((exceptions() & INEXACT) && __builtin_isfinite(number.value))
			number.value = with_last_bit(number.value);
		errno = 0; /* in the range of that type or not */
		clear_exceptions();
		set_control(before | MASKED);
		number.value = rounded(number.value, type);
	}
	if (exceptions() & (OVERFLOW | UNDERFLOW))
		errno = ERANGE;
	tell_exceptions(earlier | exceptions());
	clear_exceptions();
	set_control(before);
	return number;
}

/* Where musl is right: zero, and what cannot have left the range. */
static int is_plain(long double value, long double least, long double most)
{
	return (control() & ROUNDING) == TO_NEAREST && !errno && (value == 0 || (fabsl(value) > least && fabsl(value) <= most));
}

/* errno is ERANGE or left alone. */
static long double convert(const char *text, char **end, enum type type, long double least, long double most)
{
	int error = errno;
	struct number number;

	errno = 0;
	if (type != LONG_DOUBLE)
		number = scan(text, type);
	if (type == LONG_DOUBLE || !is_plain(number.value, least, most))
		number = scan_carefully(text, type);
	if (errno != ERANGE || !number.length)
		errno = error;
	if (end)
		*end = (char *)text + number.length;
	return number.value;
}

double strtod(const char *restrict text, char **restrict end)
{
	return convert(text, end, DOUBLE, DBL_MIN, DBL_MAX);
}

float strtof(const char *restrict text, char **restrict end)
{
	return convert(text, end, FLOAT, FLT_MIN, FLT_MAX);
}

long double strtold(const char *restrict text, char **restrict end)
{
	return convert(text, end, LONG_DOUBLE, 0, 0);
}

double strtod_l(const char *restrict text, char **restrict end, void *locale)
{
	return strtod(text, end);
}

float strtof_l(const char *restrict text, char **restrict end, void *locale)
{
	return strtof(text, end);
}

long double strtold_l(const char *restrict text, char **restrict end, void *locale)
{
	return strtold(text, end);
}

/* newlib's own names for them. */
double _strtod_l(void *reent, const char *restrict text, char **restrict end, void *locale)
{
	return strtod(text, end);
}

double _strtod_r(void *reent, const char *restrict text, char **restrict end)
{
	return strtod(text, end);
}

long double _strtold_r(void *reent, const char *restrict text, char **restrict end)
{
	return strtold(text, end);
}

/* What __shgetc() reads on with where a file has more; a string has not. */
int __uflow(FILE *file)
{
	return EOF;
}
