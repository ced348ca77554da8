// SPDX-License-Identifier: MIT
// setlocale() and newlocale(): newlib would take any name that looks like one, and writes mixed locales in a way of its own.
#include "locale/names.hpp"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

using namespace libos;

extern "C" char* __newlib_setlocale(int category, const char* name);
extern "C" locale_t __newlib_newlocale(int mask, const char* name, locale_t base);
extern "C" const __locale_t __C_locale;

namespace {

constexpr int categories = 6;
constexpr size_t longest_name = 31;
struct Category {
    int number;
    const char* name;
};
constexpr Category category[categories] = {{LC_CTYPE, "LC_CTYPE"},       {LC_NUMERIC, "LC_NUMERIC"},   {LC_TIME, "LC_TIME"},
                                           {LC_COLLATE, "LC_COLLATE"}, {LC_MONETARY, "LC_MONETARY"}, {LC_MESSAGES, "LC_MESSAGES"}};

struct Names {
    char of[categories][longest_name + 1];
};

bool set(const char* value, size_t length, char (&name)[longest_name + 1])
{
    if (length > longest_name)
        return false;
    memcpy(name, value, length);
    name[length] = '\0';
    return locale_known(name);
}

const char* from_environment(const char* variable)
{
    const char* const variables[] = {"LC_ALL", variable, "LANG"};
    for (const char* one : variables) {
        const char* value = getenv(one);
        if (value && *value)
            return value;
    }
    return "C";
}

// LC_CTYPE=name;LC_NUMERIC=name;... as setlocale() answers. Categories that newlib has not are passed over.
bool from_list(const char* list, Names& names)
{
    while (*list) {
        const char* end = list + strcspn(list, ";");
        const char* sign = static_cast<const char*>(memchr(list, '=', static_cast<size_t>(end - list)));
        if (!sign)
            return false;
        for (int i = 0; i < categories; i++) {
            size_t length = strlen(category[i].name);
            bool same = length == static_cast<size_t>(sign - list) && memcmp(category[i].name, list, length) == 0;
            if (same && !set(sign + 1, static_cast<size_t>(end - sign - 1), names.of[i]))
                return false;
        }
        list = *end ? end + 1 : end;
    }
    return true;
}

// The name of each category of `wanted` (one bit each, as in `category`), all of them known.
bool resolve(const char* name, unsigned wanted, Names& names)
{
    if (strchr(name, ';'))
        return from_list(name, names);
    for (int i = 0; i < categories; i++) {
        const char* one = *name ? name : from_environment(category[i].name);
        if ((wanted & 1u << i) && !set(one, strlen(one), names.of[i]))
            return false;
    }
    return true;
}

void current(Names& names)
{
    for (int i = 0; i < categories; i++)
        strcpy(names.of[i], __newlib_setlocale(category[i].number, nullptr));
}

char* describe_all()
{
    static char text[categories * (sizeof "LC_MESSAGES=;" + longest_name)];
    Names names;
    current(names);
    bool same = true;
    for (int i = 1; i < categories; i++)
        same &= strcmp(names.of[0], names.of[i]) == 0;
    if (same)
        return strcpy(text, names.of[0]);
    size_t length = 0;
    for (int i = 0; i < categories; i++)
        length += static_cast<size_t>(
            snprintf(text + length, sizeof text - length, "%s%s=%s", i ? ";" : "", category[i].name, names.of[i]));
    return text;
}

unsigned bit_of(int number)
{
    for (int i = 0; i < categories; i++)
        if (category[i].number == number)
            return 1u << i;
    return 0;
}

}

extern "C" {

char* setlocale(int number, const char* name)
{
    unsigned wanted = number == LC_ALL ? (1u << categories) - 1 : bit_of(number);
    if (!wanted) {
        errno = EINVAL;
        return nullptr;
    }
    if (name) {
        Names names;
        current(names);
        if (!resolve(name, wanted, names))
            return nullptr;
        for (int i = 0; i < categories; i++)
            if ((wanted & 1u << i) && !__newlib_setlocale(category[i].number, names.of[i]))
                return nullptr;
    }
    return number == LC_ALL ? describe_all() : __newlib_setlocale(number, nullptr);
}

locale_t newlocale(int mask, const char* name, locale_t base)
{
    unsigned wanted = 0;
    for (int i = 0; i < categories; i++)
        if (mask & (LC_ALL_MASK | 1 << category[i].number))
            wanted |= 1u << i;
    Names names{};
    for (auto& one : names.of)
        strcpy(one, "C");
    if (!name || !resolve(name, wanted, names)) {
        errno = name ? ENOENT : EINVAL;
        return nullptr;
    }
    if (base == &__C_locale)
        base = nullptr; // the same, and newlib would write to it
    if (!strchr(name, ';'))
        return __newlib_newlocale(mask, name, base);
    for (int i = 0; i < categories; i++)
        if (wanted & 1u << i)
            base = __newlib_newlocale(1 << category[i].number, names.of[i], base);
    return base;
}

}
