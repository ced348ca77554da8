// SPDX-License-Identifier: MIT
// Whether there is anything to ask Linux about children.
#pragma once

namespace libos {

extern bool had_children; // a program has been started

}
