// SPDX-License-Identifier: MIT
// Corners of printf, scanf and strtod, where C libraries like to differ.
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void integers(void)
{
	static const long long values[] = {0, 1, -1, 42, -12345, 2147483647, -2147483648LL, INT64_MAX, INT64_MIN};
	static const char *const formats[] = {
		"[%lld]", "[%+lld]", "[% lld]", "[%15lld]", "[%-15lld]", "[%015lld]", "[%.10lld]", "[%15.10lld]", "[%-15.10lld]", "[%.0lld]", "[%llx]",
		"[%#llx]", "[%#llX]", "[%#llo]", "[%#.0llo]", "[%llu]", "[%+.3lld]", "[%0-8lld]", "[%#018llx]", "[%hhd]", "[%hd]", "[%d]", "[%jd]",
		"[%td]", "[%zu]", "[%qd]",
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		printf("%s:", formats[i]);
		for (size_t j = 0; j < sizeof values / sizeof *values; j++)
			printf(formats[i], values[j]);
		putchar('\n');
	}
}

static void fractions(void)
{
	static const double values[] = {0, -0.0, 1, -1.5, 0.5, 2.5, 0.125, 1e10, 1.0 / 3, 123456789.123, 1e-5, 9.9995, 99999.5, 1e100, 1e-100, DBL_MAX,
					DBL_MIN, 5e-324, 4503599627370497.5, 0.1, 1e23, INFINITY, -INFINITY};
	static const char *const formats[] = {
		"[%f]", "[%.0f]", "[%.1f]", "[%.20f]", "[%e]", "[%.0e]", "[%.15e]", "[%g]", "[%#g]", "[%.3g]", "[%.17g]", "[%.0g]", "[%a]", "[%.2a]",
		"[%.0a]", "[%A]", "[%+f]", "[% e]", "[%20g]", "[%-20g]", "[%020g]", "[%#.0f]", "[%+.40g]", "[%G]", "[%E]", "[%F]",
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		printf("%s:", formats[i]);
		for (size_t j = 0; j < sizeof values / sizeof *values; j++)
			if (values[j] != 5e-324 || !strpbrk(formats[i], "aA")) /* whose leading digit is the library's choice */
				printf(formats[i], values[j]);
		putchar('\n');
	}
	printf("[%Lf][%.25Lg][%Le][%Lg]\n", 1.0L / 3, 1.0L / 3, LDBL_MAX, LDBL_MIN);
	printf("[%f][%10f][%-10f|][%010f]\n", NAN, NAN, NAN, NAN);
}

/* Whatever the bits, and however many digits are asked for. */
static void any_number(void)
{
	static const char *const formats[] = {"%.*Le", "%.*Lf", "%.*Lg", "%#.*Lg"};
	unsigned long state = 1, sum = 0;
	static char text[8192];
	int wrong = 0;

	for (int i = 0; i < 4000; i++) {
		union {
			long double number;
			struct {
				uint64_t mantissa;
				uint16_t exponent;
			} parts;
		} any = {0};

		state = state * 6364136223846793005UL + 1442695040888963407UL;
		any.parts.mantissa = state | 1UL << 63;
		state = state * 6364136223846793005UL + 1442695040888963407UL;
		any.parts.exponent = 1 + (state >> 33) % (i % 2 ? 32766 : 200) + (i % 2 ? 0 : 16283);
		if (i % 3 == 0)
			any.number = (double)any.number;
		if (isinf(any.number))
			continue;
		int length = snprintf(text, sizeof text, formats[i % 4], (int)(state >> 20) % 60, any.number);
		for (int j = 0; j < length && j < (int)sizeof text - 1; j++)
			sum = sum * 31 + text[j];
		snprintf(text, sizeof text, "%La", any.number);
		wrong += strtold(text, NULL) != any.number;
		snprintf(text, sizeof text, "%.20Le", any.number);
		wrong += strtold(text, NULL) != any.number;
	}
	printf("%lu, %d wrong\n", sum, wrong);
}

static void texts(void)
{
	int so_far = 0;
	char small[6];

	printf("[%s][%.3s][%8s][%-8s][%8.2s][%.*s][%*s][%-*s]\n", "text", "text", "text", "text", "text", 2, "text", 6, "text", 6, "text");
	printf("[%c][%3c][%-3c][%%][%.*s][%*d]\n", 'x', 'y', 'z', -1, "all of it", -5, 7);
	printf("[%ls][%.2ls][%5lc]\n", L"wide", L"wide", (wint_t)L'w');
	printf("12345%n67890\n", &so_far);
	printf("%d\n", so_far);
	printf("[%2$s %1$s %2$s]\n", "one", "two");
	printf("[%2$*1$d][%3$.*1$f]\n", 5, 42, 1.23456789);
	printf("%d ", snprintf(small, sizeof small, "%s", "longer than that"));
	printf("[%s] %d\n", small, snprintf(NULL, 0, "%d", 12345));
	printf("[%s]\n", (char *)NULL);
}

static void read_double(const char *text)
{
	char *end;

	errno = 0;
	double value = strtod(text, &end);
	int error = errno;
	float single = strtof(text, NULL);
	long double more = strtold(text, NULL);
	const char *range = error == ERANGE && (value == 0 || isinf(value)) ? ", out of range" : "";
	printf("%s: %.17g, %.9g, %.21Lg, rest [%s]%s\n", text, value, single, more, end, range);
}

static void read_doubles(void)
{
	static const char *const texts[] = {
		"0", "-0", "1", "+1.5", ".5", "5.", ".", "", "e5", "1e", "1e+", "1e5", "1E-5x", "  12", "0x1p3", "0x1.8p-1", "0x.8", "0x", "0xg", "0x1p",
		"0x1.fffffffffffff8p0", "0x1.fffffffffffff7p0", "0x1p-1074", "0x1.8p-1075", "0x1p1023", "inf", "INFINITY",
		"infinit", "-inf", "nan", "NAN(123)", "nan(", "1e308", "1e309", "-1e309", "1e-308", "4.9e-324", "2.4e-324", "2.5e-324", "1e-400",
		"2.2250738585072011e-308", "2.2250738585072014e-308", "9007199254740993", "9007199254740992.999", "0.1", "0.3",
		"179769313486231580793728971405301e276", "1.7976931348623158e308", "1.7976931348623159e308", "100000000000000000000000000000000000000001",
		"3.4028235e38", "3.4028236e38", "1.4e-45", "7e-46", "1e4932", "1e4933", "3.6e-4951", "1,5", "1_000", "0b1", "1e99999999999999999999", "0e999999",
		"0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		read_double(texts[i]);
}

static void read_integers(void)
{
	static const struct {
		const char *text;
		int base;
	} cases[] = {
		{"0", 0}, {"-0", 10}, {"012", 0}, {"0x1f", 0}, {"0x1f", 16}, {"1f", 16}, {"zz", 36}, {"08", 0}, {"", 10},
		{"-", 10}, {"+ 1", 10}, {"  +7x", 10}, {"9223372036854775807", 10}, {"9223372036854775808", 10}, {"-9223372036854775808", 10},
		{"-9223372036854775809", 10}, {"18446744073709551615", 10}, {"18446744073709551616", 10}, {"-1", 10}, {"12", 2}, {"102", 2}, {"0b11", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *end, *other;

		errno = 0;
		long value = strtol(cases[i].text, &end, cases[i].base);
		int error = errno;
		errno = 0;
		unsigned long positive = strtoul(cases[i].text, &other, cases[i].base);
		printf("%s, %d: %ld%s [%s], %lu%s [%s]\n", cases[i].text, cases[i].base, value, error == ERANGE ? "!" : "", end, positive,
		       errno == ERANGE ? "!" : "", other);
	}
	errno = 0;
	long none = strtol("1", NULL, 1);
	printf("%ld %d\n", none, errno == EINVAL);
}

static void scan(void)
{
	int a = -1, b = -1, c = -1, count;
	char text[32] = "", other[32] = "", letter = '?';
	double value = -1;
	short small = -1;
	long long large = -1;

	count = sscanf("12 0x1f 077", "%d %i %i", &a, &b, &c);
	printf("%d: %d %d %d\n", count, a, b, c);
	count = sscanf("12345", "%2d%*1d%d%n", &a, &b, &c);
	printf("%d: %d %d %d\n", count, a, b, c);
	count = sscanf("  word, more", "%[a-z]", text);
	printf("%d [%s]\n", count, text);
	count = sscanf("abc-]x", "%[]a-c-]%s", text, other);
	printf("%d [%s] [%s]\n", count, text, other);
	count = sscanf("key = value", " %[^= ] = %s", text, other);
	printf("%d [%s] [%s]\n", count, text, other);
	count = sscanf("3.25e1x 1E+4", "%lfx%lf", &value, &value);
	printf("%d %g\n", count, value);
	count = sscanf("x", "%d", &a);
	printf("%d\n", count);
	count = sscanf("", "%d", &a);
	printf("%d\n", count);
	count = sscanf("5%", "%d%%%n", &a, &b);
	printf("%d %d %d\n", count, a, b);
	count = sscanf("a b", "%c%c", &letter, text);
	printf("%d %c%c\n", count, letter, text[0]);
	count = sscanf("70000 12345678901", "%hd %lld", &small, &large);
	printf("%d %d %lld\n", count, small, large);
	count = sscanf("1 2", "%2$d %1$d", &a, &b);
	printf("%d %d %d\n", count, a, b);
	count = sscanf("inf nan -infinity", "%lf", &value);
	printf("%d %f\n", count, value);
	count = sscanf("1e", "%lf", &value);
	printf("%d\n", count);
	char *made = NULL, *list = NULL;
	count = sscanf("allocated by scanf", "%ms %m[a-z ]", &made, &list);
	printf("%d [%s] [%s]\n", count, made, list);
	free(made);
	free(list);
}

int main(void)
{
	integers();
	fractions();
	any_number();
	texts();
	read_doubles();
	read_integers();
	scan();
}
