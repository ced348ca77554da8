// SPDX-License-Identifier: MIT
// What comes before main().
#pragma once

namespace libos {

// Where the texts lie that the program was started with, one after the other: arguments, then environment.
struct StartTexts {
    const char *arguments, *environment, *end;
};
extern StartTexts start_texts;

// Before any code of the program, constructors included.
void choose_indirect_functions();

}
