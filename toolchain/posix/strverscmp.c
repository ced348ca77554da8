// SPDX-License-Identifier: MIT
// GNU's order of names with numbers in them; newlib's puts every digit behind every letter.
#include <ctype.h>
#include <string.h>

static int by_length(const unsigned char *left, const unsigned char *right)
{
	int difference = *left - *right;

	while (isdigit(*left) && isdigit(*right))
		left++, right++;
	return isdigit(*left) ? 1 : isdigit(*right) ? -1 : difference;
}

int strverscmp(const char *left, const char *right)
{
	const unsigned char *a = (const unsigned char *)left, *b = (const unsigned char *)right, *number = a;
	int zeros = 1; // the digits in front of here are nothing else

	for (; *a == *b; a++, b++) {
		if (!*a)
			return 0;
		if (!isdigit(*a)) {
			number = a + 1;
			zeros = 1;
		} else if (*a != '0') {
			zeros = 0;
		}
	}
	int digits = !!isdigit(*a) + !!isdigit(*b);
	if (digits == 0)
		return *a - *b;
	if (number == a)
		return digits == 2 && *a != '0' && *b != '0' ? by_length(a, b) : *a - *b;
	if (*number != '0')
		return by_length(a, b);
	// A number that begins with 0 is a fraction: more zeros are less.
	return zeros && digits == 1 ? (isdigit(*a) ? -1 : 1) : *a - *b;
}
