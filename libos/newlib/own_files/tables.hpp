// SPDX-License-Identifier: MIT
// Which files of /proc and /sys the isle has of its own, and who writes them.
#pragma once

#include "own_files/text.hpp"

#include <stdint.h>

namespace libos {

// Instead of what Linux's file of that name says. False: it cannot be told.
struct OwnContents {
    const char* name; // of a process: behind /proc/PID
    bool (*write)(Text& text);
};

// Whether Linux has a file of that name or not.
struct OwnFile {
    const char* name;                           // a pattern (names.hpp) of numbers of CPUs
    void (*write)(Text& text, uint32_t number); // null: a folder
};

// Lists that end with a null name.
extern const OwnContents process_files[], machine_contents[];
extern const OwnFile machine_files[];

// Below these, behind which a digit follows, there is nothing but machine_files.
extern const char* const numbered_folders[];

}
