// SPDX-License-Identifier: MIT
// How much memory the program takes: all of it is there, so size and resident size are one.
#pragma once

#include <stdint.h>

namespace libos {

uint64_t resident_bytes();
uint64_t most_resident_bytes(); // at a time, so far

}
