// SPDX-License-Identifier: MIT
// What has been stored in memory since its twin was the same, and what others have changed in the file meanwhile. Other threads may store at
// any time; what they store is neither lost nor taken for written. All begin at a page.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace libos {

// Bytes that differ, one after the other, from `from` on; size 0: there are none up to the end.
struct Changes {
    size_t begin, size;
};
Changes next_changes(const char* memory, const char* twin, size_t from, size_t size);

// Up to 64 KiB that go to the file in one piece, with what lies between the changes as the file has it: which bytes are changes.
class TakenBytes {
public:
    static constexpr size_t most = 64 << 10;

    // Each byte that differs from its twin replaces the file's.
    void take(char* file, const char* memory, const char* twin, size_t size);
    // The file has got them.
    void written(char* twin, const char* file, size_t size) const;

private:
    uint64_t taken_[most / 64];
};

// What has not been changed becomes what the file holds; words of eight bytes are taken whole or not at all.
void take_others(char* memory, char* twin, const char* file, size_t size);

}
