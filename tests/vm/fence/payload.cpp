// SPDX-License-Identifier: MIT
// The ring-3 side of the fence tests: one program, the case number comes in boot.argc.
#include "isle.h"

namespace {

void hello()
{
    say("hello from ring 3\n");
    leave(42);
}

using Case = void (*)();
const Case cases[] = {hello};

} // namespace

extern "C" [[noreturn]] void isle_main()
{
    cases[boot().argc]();
    leave(0);
}
