// SPDX-License-Identifier: MIT
// Locales: which names are good, and text beyond ASCII in them.
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <cwctype>
#include <iostream>
#include <langinfo.h>
#include <locale>
#include <locale.h>
#include <sstream>

namespace {

const char* shown(const char* text)
{
    return text ? text : "refused";
}

void print_choice(const char* name)
{
    bool good = setlocale(LC_ALL, name);
    std::printf("%s: %s, then LC_CTYPE %s\n", name, good ? "good" : "refused", setlocale(LC_CTYPE, nullptr));
}

void names()
{
    for (const char* name : {"C", "POSIX", "C.UTF-8", "C.utf8", "xx_XX.UTF-8", "nonsense", "xx", "C.latin", "C.ISO-8859-1", "de_QQ",
                             "/etc/passwd", "LC_CTYPE=nonsense;LC_NUMERIC=C"})
        print_choice(name);
    setlocale(LC_ALL, "C");
    std::printf("%s\n", shown(setlocale(LC_TIME, "C.UTF-8")));
    char* mixed = strdup(setlocale(LC_ALL, nullptr));
    setlocale(LC_ALL, "C");
    std::printf("back to mixed: %s\n", setlocale(LC_ALL, mixed) && !strcmp(setlocale(LC_TIME, nullptr), "C.UTF-8") ? "yes" : "no");
    std::free(mixed);
    setlocale(LC_ALL, "C");
}

void from_environment(const char* all, const char* ctype, const char* lang)
{
    auto put = [](const char* variable, const char* value) { value ? setenv(variable, value, 1) : unsetenv(variable); };
    put("LC_ALL", all);
    put("LC_CTYPE", ctype);
    put("LANG", lang);
    setlocale(LC_ALL, "C");
    std::printf("%s %s %s: ", shown(all), shown(ctype), shown(lang));
    std::printf("%s, ", setlocale(LC_ALL, "") ? "good" : "refused");
    std::printf("%s, UTF-8 %d, %d\n", setlocale(LC_CTYPE, nullptr), !strcmp(nl_langinfo(CODESET), "UTF-8"), int(MB_CUR_MAX));
    try {
        std::locale locale("");
        std::printf("std::locale %s\n", locale.name() == "C" ? "C" : "other");
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
    }
    setlocale(LC_ALL, "C");
}

void conversions()
{
    const char text[] = "Gr\xc3\xbc\xc3\x9f\x65 \xe2\x82\xac \xf0\x9f\x8e\x89";
    wchar_t wide[32];
    char narrow[64];
    setlocale(LC_ALL, "C.UTF-8");
    size_t length = mbstowcs(wide, text, 32);
    std::printf("%zu characters:", length);
    for (size_t i = 0; i < length; i++)
        std::printf(" %x", static_cast<unsigned>(wide[i]));
    size_t back = wcstombs(narrow, wide, sizeof narrow);
    std::printf("\n%zu bytes, the same: %d\n", back, !strcmp(narrow, text));
    std::printf("[%ls] [%lc] [%.5ls] %d\n", wide, wide[2], wide, std::printf("%6.3ls|", wide));
    std::printf("%zu %zu %zu\n", mbstowcs(wide, "\xff", 32), mbstowcs(wide, "\xc3", 32), mbstowcs(wide, "\xc0\x80", 32));
    mbstate_t state{};
    wchar_t one = 0;
    size_t first = mbrtowc(&one, "\xe2", 1, &state), second = mbrtowc(&one, "\x82\xac", 2, &state);
    std::printf("in two parts: %zd %zu %x\n", first, second, static_cast<unsigned>(one));
    std::printf("wider: %x %x %x %x, letters %d %d %d, %d columns\n", towupper(0xe4), towlower(0x416), towupper(0x3c9), towupper(0xdf),
                !!iswalpha(0xe4), !!iswalpha(0x4e2d), !!iswalpha(0x20ac), wcwidth(0x4e2d));
    int written = swprintf(wide, 32, L"%s-%ls-%d", "\xc3\xa4", L"\x416", 5);
    std::printf("%d %x %x\n", written, static_cast<unsigned>(wide[0]), static_cast<unsigned>(wide[2]));
    setlocale(LC_ALL, "C");
}

void objects()
{
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", nullptr), none = newlocale(LC_ALL_MASK, "xx_XX.UTF-8", nullptr);
    std::printf("newlocale %d %d\n", utf8 != nullptr, none != nullptr);
    locale_t part = newlocale(LC_CTYPE_MASK, "C.UTF-8", newlocale(LC_ALL_MASK, "C", nullptr));
    std::printf("%x %d\n", towupper_l(0xe4, part), !strcmp(nl_langinfo_l(CODESET, part), "UTF-8"));
    freelocale(part);
    freelocale(utf8);
    for (const char* name : {"C.UTF-8", "xx_XX.UTF-8", "POSIX"})
        try {
            std::printf("%s\n", std::locale(name).name().c_str());
        } catch (const std::runtime_error&) {
            std::printf("%s: thrown\n", name);
        }
}

void wide_streams()
{
    std::locale::global(std::locale("C.UTF-8"));
    std::fflush(stdout);
    std::wstringstream text;
    double number = 0;
    text << L"\xe4\x416 " << 1234567.5 << L' ' << 1e100;
    std::wstring word;
    text >> word >> number;
    std::printf("%zu %.1f\n", word.size(), number);
    std::istringstream("2.75") >> number;
    std::printf("%.2f %s\n", number, std::locale().name().c_str());
}

}

int main(int count, char**)
{
    if (count > 1) { // a program whose standard output is wide
        std::locale::global(std::locale("C.UTF-8"));
        std::wcout.imbue(std::locale());
        std::wcout << L"Gr\xfc\xdf\x65 \x20ac " << 42 << L' ' << 2.5 << std::endl;
        std::wprintf(L"%ls %d\n", L"\x416", 7);
        return std::wcout.good() ? 0 : 1;
    }
    names();
    from_environment(nullptr, nullptr, nullptr);
    from_environment(nullptr, nullptr, "C.UTF-8");
    from_environment("C.UTF-8", nullptr, "C");
    from_environment(nullptr, "C.UTF-8", nullptr);
    from_environment(nullptr, nullptr, "C");
    from_environment("", "", "C.UTF-8");
    from_environment(nullptr, nullptr, "xx_XX.UTF-8");
    conversions();
    objects();
    wide_streams();
}
