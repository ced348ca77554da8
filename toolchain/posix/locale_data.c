// SPDX-License-Identifier: MIT
// What newlib loads with a locale, and has for Cygwin only: the character set. All else is as in "C" in every locale that we have.
#include "setlocale.h"

// In the words of Linux's nl_langinfo(CODESET), which nobody compares with newlib's.
const struct lc_ctype_T _C_ctype_locale = {
	.codeset = "ANSI_X3.4-1968",
	.mb_cur_max = "\1",
	.outdigits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
	.woutdigits = {L"0", L"1", L"2", L"3", L"4", L"5", L"6", L"7", L"8", L"9"},
};

static const struct lc_ctype_T utf8 = {
	.codeset = "UTF-8",
	.mb_cur_max = "\6",
	.outdigits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
	.woutdigits = {L"0", L"1", L"2", L"3", L"4", L"5", L"6", L"7", L"8", L"9"},
};

int __ctype_load_locale(struct __locale_t *locale, const char *name, void *to_bytes, const char *charset, int longest)
{
	locale->lc_cat[LC_CTYPE].ptr = longest > 1 ? &utf8 : &_C_ctype_locale;
	return 0;
}

int __messages_load_locale(struct __locale_t *locale, const char *name, void *to_bytes, const char *charset)
{
	return 0;
}

int __monetary_load_locale(struct __locale_t *locale, const char *name, void *to_bytes, const char *charset)
{
	return 0;
}

int __numeric_load_locale(struct __locale_t *locale, const char *name, void *to_bytes, const char *charset)
{
	return 0;
}

int __time_load_locale(struct __locale_t *locale, const char *name, void *to_bytes, const char *charset)
{
	return 0;
}

// newlib has Unicode's classes and cases in all locales, and asks here first for the character that a Japanese one stands for. In "C"
// there are no characters but ASCII's, as on Linux.
wint_t _jp2uc_l(wint_t character, struct __locale_t *locale)
{
	int longest = __locale_mb_cur_max_l(locale ? locale : __get_current_locale());

	return longest > 1 || character < 0x80 ? character : WEOF;
}

// For wcwidth() alone, which gives a control character no width.
wint_t _jp2uc(wint_t character)
{
	return _jp2uc_l(character, NULL) == WEOF ? 0x80 : character;
}

wint_t _uc2jp_l(wint_t character, struct __locale_t *locale)
{
	return character;
}
