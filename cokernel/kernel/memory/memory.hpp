// SPDX-License-Identifier: MIT
// Start-up of the isle's memory; its use is api/kernel/memory.h.
#pragma once

#include <skellig/public.h>

namespace skl {

// Takes over the own memory that the boot page names. False: the boot page names none.
bool open_memory(const skl_boot& boot);

}
