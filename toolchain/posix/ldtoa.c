// SPDX-License-Identifier: MIT
// A number's decimal digits, for printf: as many as are asked for. newlib's stops at 42 of them and lets zeros follow.
#include <math.h>
#include <reent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mprec.h"

enum {
	WORD_DIGITS = 9,
	WORD = 1000000000,
	POINT = 552,		 // words in front of it hold the largest number, 5^16445 behind it the smallest
	ROOM = POINT + 1840,
	LARGEST_POOLED = 1 << 15 // bytes
};

// In base 10^9: words [first, last), the most significant first; the point is in front of words[POINT].
struct decimal {
	uint32_t words[ROOM];
	int first, last;
};

static void multiply(struct decimal *number, unsigned bits)
{
	uint64_t carry = 0;

	for (int i = number->last - 1; i >= number->first; i--) {
		carry += (uint64_t)number->words[i] << bits;
		number->words[i] = carry % WORD;
		carry /= WORD;
	}
	if (carry)
		number->words[--number->first] = carry;
}

// bits <= 9: then 10^9 divided by 2^bits has no remainder.
static void divide(struct decimal *number, unsigned bits)
{
	uint32_t carry = 0, mask = (1u << bits) - 1;

	for (int i = number->first; i < number->last; i++) {
		uint32_t word = number->words[i];

		number->words[i] = (word >> bits) + carry;
		carry = (WORD >> bits) * (word & mask);
	}
	if (carry)
		number->words[number->last++] = carry;
	if (number->first < number->last && number->words[number->first] == 0)
		number->first++;
}

// Of a finite positive number.
static void expand(struct decimal *number, long double value)
{
	union {
		long double value;
		struct {
			uint64_t mantissa;
			uint16_t exponent;
		} parts;
	} split = {value};
	int exponent = (split.parts.exponent ? split.parts.exponent : 1) - 16383 - 63;
	uint64_t rest = split.parts.mantissa;

	// Zeros at the end would only make the way longer.
	exponent += __builtin_ctzl(rest);
	rest >>= __builtin_ctzl(rest);
	number->first = number->last = POINT;
	for (; rest; rest /= WORD)
		number->words[--number->first] = rest % WORD;
	for (; exponent > 0; exponent -= exponent < 29 ? exponent : 29)
		multiply(number, exponent < 29 ? exponent : 29);
	for (; exponent < 0; exponent += exponent > -9 ? -exponent : 9)
		divide(number, exponent > -9 ? -exponent : 9);
}

static int digits_in(uint32_t word)
{
	int digits = 1;

	for (; word >= 10; word /= 10)
		digits++;
	return digits;
}

// How many digits stand in front of the point; 0 or less: so many zeros behind it.
static int place_of_point(const struct decimal *number)
{
	return (POINT - number->first - 1) * WORD_DIGITS + digits_in(number->words[number->first]);
}

// The first `count` digits, not rounded, and half of what follows: 0: nothing, 1: less than a half, 2: a half, 3: more.
static int take_digits(const struct decimal *number, int count, char *digits)
{
	int skip = WORD_DIGITS - digits_in(number->words[number->first]), taken = 0, rest = 0;

	for (int i = number->first; i < number->last; i++) {
		char text[WORD_DIGITS];
		uint32_t word = number->words[i];

		for (int j = WORD_DIGITS; j-- > 0; word /= 10)
			text[j] = '0' + word % 10;
		for (int j = skip; j < WORD_DIGITS; j++, taken++) {
			if (taken < count)
				digits[taken] = text[j];
			else if (taken == count)
				rest = text[j] > '5' ? 3 : text[j] == '5' ? 2 : text[j] > '0';
			else if (text[j] != '0')
				return rest | 1;
		}
		skip = 0;
	}
	if (taken < count)
		memset(digits + taken, '0', count - taken);
	return rest;
}

// The nearest number of that many digits, the even one of two. True: it is a power of ten, one digit longer.
static int round_digits(char *digits, int count, int rest)
{
	int odd = count > 0 && (digits[count - 1] - '0') % 2;

	if (rest < 2 || (rest == 2 && !odd))
		return 0;
	for (int i = count; i-- > 0; digits[i] = '0')
		if (digits[i] != '9') {
			digits[i]++;
			return 0;
		}
	digits[0] = '1';
	return 1;
}

// printf() writes zeros behind what it gets. The thread's last result is given back first.
static char *room_for(struct _reent *reent, size_t size)
{
	static _Thread_local char *large;
	int k = 0;

	if (_REENT_MP_RESULT(reent)) {
		_REENT_MP_RESULT(reent)->_k = _REENT_MP_RESULT_K(reent);
		_REENT_MP_RESULT(reent)->_maxwds = 1 << _REENT_MP_RESULT_K(reent);
		Bfree(reent, _REENT_MP_RESULT(reent));
		_REENT_MP_RESULT(reent) = NULL;
	}
	free(large);
	large = NULL;
	if (size > LARGEST_POOLED)
		return large = malloc(size);
	while (sizeof(__ULong) << k < size)
		k++;
	_REENT_MP_RESULT_K(reent) = k;
	_REENT_MP_RESULT(reent) = Balloc(reent, k);
	return (char *)_REENT_MP_RESULT(reent);
}

// As dtoa(): mode 2 asks for `count` digits, mode 3 for so many behind the point; zeros at the end are left out, `point` is where it belongs.
char *_ldtoa_r(struct _reent *reent, long double value, int mode, int count, int *point, int *sign, char **end)
{
	struct decimal number;
	int zero = value == 0, wanted;

	_REENT_CHECK_MP(reent);
	*sign = signbit(value) != 0;
	if (!zero)
		expand(&number, fabsl(value));
	*point = zero ? 1 : place_of_point(&number);
	wanted = mode == 3 ? *point + count : count > 1 ? count : 1;
	char *digits = room_for(reent, (size_t)(wanted > count ? wanted : count > 0 ? count : 0) + WORD_DIGITS);
	if (zero) {
		*end = stpcpy(digits, "0");
		return digits;
	}
	if (wanted >= 0) {
		int rest = take_digits(&number, wanted, digits);

		if (round_digits(digits, wanted, rest)) {
			++*point;
			wanted += wanted == 0;
		}
	} else {
		wanted = 0;
	}
	while (wanted > 0 && digits[wanted - 1] == '0')
		wanted--;
	if (wanted == 0)
		*point = -count;
	*end = digits + wanted;
	**end = '\0';
	return digits;
}
