// SPDX-License-Identifier: MIT
// Names below /proc and /sys as programs write them, and patterns that name many.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace libos {

constexpr size_t longest_own_name = 128; // with its end

// An absolute path below /proc or /sys, without ".", ".." and empty parts. False: it is elsewhere, or longer than any of ours.
bool plain_name(const char* path, char (&name)[longest_own_name]);

// In a pattern '#' stands for a number below `count`, as Linux writes it. Without one the number is 0.
bool matches(const char* pattern, size_t pattern_length, const char* name, uint32_t count, uint32_t& number);

// Is it `folder` or below it? Then the rest, which begins with a slash or is empty; else null.
const char* below(const char* name, const char* folder);

// Does the name go on with a digit behind this beginning?
bool numbered(const char* name, const char* beginning);

}
