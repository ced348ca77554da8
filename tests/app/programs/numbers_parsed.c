// SPDX-License-Identifier: MIT
// strtof(), strtod(), strtold() and their kin to the last bit, in all rounding modes: fixed texts, and random ones near what is hard to round.
#include <errno.h>
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#pragma GCC diagnostic ignored "-Wunknown-pragmas"
#pragma STDC FENV_ACCESS ON

static const int modes[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
static const char *const fixed[] = {
	"0", "-0", "inf", "-infinity", "nan", "-nan", "  12x", "abc", "", "+", "1e", "1e+", "0x", "0x.p1", ".", "-.5e3", "1e400", "-1e400", "1e-400",
	"-1e-400", "4.9e-324", "2.4e-324", "1e5000", "1e-5000", "0x1p-1080", "0x1p16384", "0x1.fffffffffffff8p0", "9007199254740993",
	"1.00000017881393432617187499", "1.00000017881393432617187501", "340282356779733661637539395458142568447",
	"340282356779733661637539395458142568448", "1.17549429e-38", "7.0e-46", "7.1e-46", "2.2250738585072011e-308",
	"17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797758720709633028641669288791094655554785194040263"
	"0657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699"
	"508093042880",
	"123456789012345678901234567890",
};

static unsigned long state = 88172645463325252;

static unsigned long number(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

/* What %a prints may begin with any digit. */
static void print(const void *number, int size)
{
	const unsigned char *bytes = number;

	printf(" ");
	while (size)
		printf("%02x", bytes[--size]);
}

static void show(const char *text, int mode)
{
	char *ends[3];
	int errors[3];

	fesetround(modes[mode]);
	errno = 0;
	float single = strtof(text, &ends[0]);
	errors[0] = errno;
	errno = 0;
	double twofold = strtod(text, &ends[1]);
	errors[1] = errno;
	errno = 0;
	long double longest = strtold(text, &ends[2]);
	errors[2] = errno;
	fesetround(FE_TONEAREST);
	printf("%.60s in mode %d:", text, mode);
	print(&single, sizeof single);
	print(&twofold, sizeof twofold);
	print(&longest, 10);
	for (int i = 0; i < 3; i++)
		printf(" %d%s", (int)(ends[i] - text), errors[i] == ERANGE ? " out of range" : "");
	printf("\n");
}

/* What a float or a double lies in the middle of, and numbers of all lengths. */
static void invent(char *text, size_t size)
{
	unsigned long bits = number();
	float single, next;
	unsigned half = bits;
	double twofold;

	switch (number() % 5) {
	case 0:
		memcpy(&twofold, &bits, sizeof twofold);
		snprintf(text, size, "%.*e", (int)(number() % 40), twofold);
		break;
	case 1:
		memcpy(&single, &half, sizeof single);
		half++;
		memcpy(&next, &half, sizeof next);
		snprintf(text, size, "%.60e", ((double)single + next) / 2);
		break;
	case 2:
		snprintf(text, size, "%lu.%lue%d", bits % 1000, number(), (int)(number() % 80) - 40);
		break;
	case 3:
		snprintf(text, size, "%lue%d", bits, (int)(number() % 700) - 350);
		break;
	default:
		snprintf(text, size, "0x%lx.%lxp%d", bits, number(), (int)(number() % 2200) - 1100);
	}
}

static void others(void)
{
	double twofold = 0;
	long double longest = wcstold(L"0x1.8p1", NULL);
	wchar_t *end;
	int exceptions;

	printf("%a %a", atof("1e-5"), wcstod(L"2.5e3z", &end));
	print(&longest, 10);
	sscanf("1.1 1.1", "%lf %Lf", &twofold, &longest);
	printf("\n%ls %a", end, twofold);
	print(&longest, 10);
	printf("\n");
	errno = 7;
	volatile double exact = strtod("0.5", NULL);
	printf("%a leaves errno: %d\n", exact, errno == 7);
	feclearexcept(FE_ALL_EXCEPT);
	feraiseexcept(FE_DIVBYZERO);
	fesetround(FE_UPWARD);
	volatile double third = strtod("0.3333", NULL);
	exceptions = fetestexcept(FE_DIVBYZERO);
	printf("%a; division by zero stays: %d; mode: %d\n", third, exceptions == FE_DIVBYZERO, fegetround() == FE_UPWARD);
	fesetround(FE_TONEAREST);
}

int main(void)
{
	char text[128];

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		for (int mode = 0; mode < 4; mode++)
			show(fixed[i], mode);
	for (int i = 0; i < 2000; i++) {
		invent(text, sizeof text);
		if (!strstr(text, "nan") && !strstr(text, "inf"))
			show(text, i % 4);
	}
	others();
	return 0;
}
