// SPDX-License-Identifier: MIT
// Where the texts lie that the program was started with, one after the other: arguments, then environment.
#pragma once

namespace libos {

struct StartTexts {
    const char *arguments, *environment, *end;
};
extern StartTexts start_texts;

}
