// SPDX-License-Identifier: MIT
// std::locale knows the locales that the C library knows. libstdc++'s own answer, for C libraries it knows nothing of, is "C" alone.
#include <bits/functexcept.h>
#include <locale>
#include <locale.h>

void std::locale::facet::_S_create_c_locale(__c_locale& model, const char* name, __c_locale)
{
    locale_t known = newlocale(LC_ALL_MASK, name, nullptr);
    if (!known)
        __throw_runtime_error("locale::facet::_S_create_c_locale name not valid");
    freelocale(known);
    model = nullptr;
}
