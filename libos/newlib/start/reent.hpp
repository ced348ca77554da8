// SPDX-License-Identifier: MIT
// newlib's state of the calling thread, which is not the main one.
#pragma once

namespace libos {

void start_reent();
void end_reent();

}
