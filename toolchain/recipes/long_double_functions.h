/* SPDX-License-Identifier: MIT */
/*
 * Included in front of newlib's functions of complex long double numbers. They call those of real ones, which newlib's <math.h> declares
 * only where a long double is a double: undeclared, they would be taken for functions that return an int. musl has them (long-double-math).
 */
long double acosl(long double), asinl(long double), atanl(long double), atan2l(long double, long double), copysignl(long double, long double),
	coshl(long double), cosl(long double), expl(long double), fabsl(long double), hypotl(long double, long double), ldexpl(long double, int),
	log10l(long double), logl(long double), powl(long double, long double), scalbnl(long double, int), sinhl(long double), sinl(long double),
	sqrtl(long double), tanhl(long double), tanl(long double);
