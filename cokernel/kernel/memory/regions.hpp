// SPDX-License-Identifier: MIT
// Which part of own memory is the main thread's stack, for whoever lists regions.
#pragma once

#include <kernel/thread.h>

namespace skl {

extern skl_stack main_stack; // set at start, before there are threads

}
