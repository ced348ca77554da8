// SPDX-License-Identifier: MIT
// Names for the Linux calls that libos forwards.
#pragma once

#include <stdint.h>

namespace libos {

enum class LinuxCall : uint32_t {
#define CALL(name, number) name = number,
#include "linux_calls.inc"
#undef CALL
};

}
