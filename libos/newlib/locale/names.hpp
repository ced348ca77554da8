// SPDX-License-Identifier: MIT
// Which names of locales are good.
#pragma once

#include <stddef.h>

namespace libos {

// A language's locale is known if Linux has it, in UTF-8; it has the conventions of "C" all the same.
bool locale_known(const char* name);

}
