// SPDX-License-Identifier: MIT
// A thread's own locale: uselocale(), and the functions that are given one.
#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <wchar.h>
#include <wctype.h>

static locale_t c, utf8;

static const char *name_of(locale_t locale)
{
	return locale == LC_GLOBAL_LOCALE ? "global" : locale == c ? "C" : locale == utf8 ? "UTF-8" : locale ? "other" : "none";
}

/* What a thread sees of its locale. */
static void describe(const char *who)
{
	wchar_t wide[8] = L"?";
	char bytes[16];
	mbstate_t state = {0};
	size_t length = mbrtowc(wide, "\xc3\xa4", 2, &state), back;

	memset(&state, 0, sizeof state);
	errno = 0;
	back = wcrtomb(bytes, 0x416, &state);
	int error = errno;
	printf("%s, %s: %s, %d bytes; %d %d %d, %x %x, %d columns\n", who, name_of(uselocale((locale_t)0)), nl_langinfo(CODESET), (int)MB_CUR_MAX,
	       !!iswalpha(0xe4), !!iswprint(0x416), !!iswctype(0x416, wctype("upper")), towupper(0xe4), towlower(0x416), wcwidth(0x4e2d));
	if (MB_CUR_MAX > 1)
		printf("  %zu %x, %zu, %zu characters\n", length, (unsigned)wide[0], back, mbstowcs(NULL, "\xc3\xa4\xe2\x82\xac", 0));
	else
		printf("  %d, %d\n", back == (size_t)-1, error == EILSEQ);
	printf("  %d, %s\n", snprintf(bytes, sizeof bytes, "%lc", (wint_t)0x416), setlocale(LC_CTYPE, NULL));
}

static void *in_thread(void *locale)
{
	describe("thread");
	if (locale) {
		locale_t before = uselocale(locale);

		printf("before: %s\n", name_of(before));
		describe("thread");
	}
	return NULL;
}

static void in_other(locale_t locale)
{
	pthread_t thread;

	pthread_create(&thread, NULL, in_thread, locale);
	pthread_join(thread, NULL);
}

/* Each of many threads goes back and forth. */
static void *back_and_forth(void *wrong)
{
	for (int i = 0; i < 2000; i++) {
		locale_t locale = i % 2 ? utf8 : c;
		wchar_t wide;
		mbstate_t state = {0};

		uselocale(locale);
		int good = MB_CUR_MAX == (i % 2 ? 6 : 1) && !!iswalpha(0xe4) == i % 2 && uselocale((locale_t)0) == locale;
		if (i % 2)
			good &= mbrtowc(&wide, "\xc3\xa4", 2, &state) == 2;
		__atomic_add_fetch((int *)wrong, !good, __ATOMIC_RELAXED);
	}
	uselocale(LC_GLOBAL_LOCALE);
	return NULL;
}

static void many(void)
{
	pthread_t threads[6];
	int wrong = 0;

	for (int i = 0; i < 6; i++)
		pthread_create(&threads[i], NULL, back_and_forth, &wrong);
	for (int i = 0; i < 6; i++)
		pthread_join(threads[i], NULL);
	printf("%d wrong\n", wrong);
}

static void with_locale(locale_t locale)
{
	struct tm day = {.tm_year = 124, .tm_mon = 1, .tm_mday = 29, .tm_wday = 4};
	char text[64];

	printf("%s: %s\n", name_of(locale), nl_langinfo_l(CODESET, locale));
	printf("%d %d %d %c %c\n", !!isalpha_l('a', locale), !!isdigit_l('x', locale), !!isalpha_l(0xe4, locale), toupper_l('q', locale),
	       tolower_l('Q', locale));
	printf("%d %d %d %x %x\n", !!iswalpha_l(0xe4, locale), !!iswdigit_l('5', locale), !!iswctype_l(0x416, wctype_l("upper", locale), locale),
	       towupper_l(0xe4, locale), towctrans_l(0x416, wctrans_l("tolower", locale), locale));
	printf("%d %d %d %d\n", strcoll_l("a", "b", locale) < 0, wcscoll_l(L"b", L"a", locale) > 0, strcasecmp_l("ABC", "abc", locale),
	       strncasecmp_l("ABx", "aby", 2, locale));
	strftime_l(text, sizeof text, "%A %B %c", &day, locale);
	printf("%s; %s; %s; %s\n", text, nl_langinfo_l(DAY_1, locale), nl_langinfo_l(RADIXCHAR, locale), strerror_l(ENOENT, locale));
	printf("%.2f %ld\n", strtod_l("2.75x", NULL, locale), strtol_l("0x1f", NULL, 0, locale));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
	describe("main");
	in_other(utf8);
	printf("%s\n", name_of(uselocale(utf8)));
	describe("main");
	in_other((locale_t)0);
	printf("%ls %lc\n", L"Gr\xfc\xdf\x65", (wint_t)0x20ac);
	setlocale(LC_ALL, "C.UTF-8");
	printf("%s\n", name_of(uselocale(c)));
	describe("main");
	in_other(c);
	printf("%s\n", name_of(uselocale(LC_GLOBAL_LOCALE)));
	describe("main");
	setlocale(LC_ALL, "C");

	locale_t copy = duplocale(LC_GLOBAL_LOCALE), other = duplocale(utf8);
	uselocale(copy);
	describe("copy");
	uselocale(other);
	describe("copy");
	uselocale(LC_GLOBAL_LOCALE);
	freelocale(copy);
	freelocale(other);
	other = newlocale(LC_TIME_MASK, "C.UTF-8", newlocale(LC_ALL_MASK, "C", (locale_t)0));
	uselocale(other);
	describe("time alone");
	uselocale(LC_GLOBAL_LOCALE);
	freelocale(other);
	many();
	with_locale(c);
	with_locale(utf8);
	freelocale(utf8);
}
