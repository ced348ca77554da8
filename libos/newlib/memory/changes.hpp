// SPDX-License-Identifier: MIT
// What has been stored in memory since its twin was the same, and what others have changed in the file meanwhile. Other threads may store
// at any time; what they store is neither lost nor taken for written.
#pragma once

#include <stddef.h>

namespace libos {

// From the first byte that differs to the last one; size 0: none does.
struct Changes {
    size_t begin, size;
};
Changes changes_in(const char* memory, const char* twin, size_t size);

// Each byte that differs from its twin replaces the file's, and the twin's: it is taken for written.
void take_changes(char* file, const char* memory, char* twin, size_t size);
// What has not been changed becomes what the file holds. All begin at a page; words of eight bytes are taken whole or not at all.
void take_others(char* memory, char* twin, const char* file, size_t size);

}
