// SPDX-License-Identifier: MIT
// Addresses and sizes as the calls of sys/mman.h get them.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace libos {

inline constexpr uint64_t page_size = 4096;
inline constexpr uint64_t all_rights = 7; // PROT_READ, PROT_WRITE, PROT_EXEC: the same bits as the monitor's

inline uint64_t pages_of(uint64_t size)
{
    return (size + page_size - 1) & ~(page_size - 1); // 0 for a size that no address space has
}

struct Range {
    uint64_t address, size; // the size in whole pages

    Range(const void* at, size_t bytes) : address(reinterpret_cast<uint64_t>(at)), size(pages_of(bytes)) {}

    bool aligned() const { return address % page_size == 0; }
    bool wraps() const { return address + size < address; }
};

}
