/* SPDX-License-Identifier: MIT */
/* What musl's files find under this name in musl: here, what they need of it in newlib's terms. */
#ifndef SKELLIG_MUSL_LOCALE_IMPL_H
#define SKELLIG_MUSL_LOCALE_IMPL_H

#include <errno.h>
#include <reent.h>
#include <stdlib.h>
#include <wchar.h>

#define LCTRANS_CUR(text) (text)

#ifdef SKL_ALWAYS_UTF8
/* iconv.c wants UTF-8 whatever the locale is, and switches to it: here the functions that it calls then are UTF-8's. */
static _Thread_local int skl_no_locale;
#define locale_t int
#define CURRENT_LOCALE skl_no_locale
#define UTF8_LOCALE 0

int __utf8_mbtowc(struct _reent *, wchar_t *, const char *, size_t, mbstate_t *);
int __utf8_wctomb(struct _reent *, char *, wchar_t, mbstate_t *);

static inline size_t skl_utf8_mbrtowc(wchar_t *character, const char *text, size_t size, mbstate_t *state)
{
	int length = __utf8_mbtowc(_REENT, character, text, size, state);

	if (length == -1)
		errno = EILSEQ;
	return (size_t)length;
}

static inline int skl_utf8_wctomb(char *text, wchar_t character)
{
	mbstate_t state = {0};

	return __utf8_wctomb(_REENT, text, character, &state);
}

#define mbrtowc skl_utf8_mbrtowc
#define wctomb skl_utf8_wctomb
#else
#include <locale.h>
#define CURRENT_LOCALE ((locale_t)0) /* strfmon(): it is handed on to nobody who looks */
#endif

#endif
