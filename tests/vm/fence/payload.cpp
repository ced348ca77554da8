// SPDX-License-Identifier: MIT
// The ring-3 side of the fence tests: one program, the case number comes in boot.argc.
#include "cases.h"
#include "isle.h"

void hello()
{
    say("hello from ring 3\n");
    leave(42);
}

extern "C" [[noreturn]] void isle_main()
{
    using Case = void (*)();
#define FENCE_ENTRY(name) name,
    static constexpr Case cases[] = {FENCE_CASES(FENCE_ENTRY)};
#undef FENCE_ENTRY
    cases[boot().argc]();
    leave(0);
}
