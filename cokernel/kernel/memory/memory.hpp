// SPDX-License-Identifier: MIT
// Start-up of the isle's memory; its use is api/kernel/memory.h.
#pragma once

#include <skellig/call.h>
#include <skellig/public.h>

#include <cstdint>

namespace skl {

constexpr std::uint32_t usual_rights = SKL_RIGHT_READ | SKL_RIGHT_WRITE; // of all own memory at launch, and of what is given out

// Takes over the own memory that the boot page names. False: the boot page names none.
bool open_memory(const skl_boot& boot);

}
