// SPDX-License-Identifier: MIT
// The thread-local storage template of the image (PT_TLS) and copies of it, variant II: the block ends at the thread pointer.
#pragma once

#include <elf.h>

#include <cstddef>
#include <cstdint>

namespace skl {

struct TlsImage {
    const void* begin = nullptr;
    std::size_t file_size = 0; // the rest up to size is zero
    std::size_t size = 0;
    std::size_t alignment = 1;

    // From the program headers that lie in the image behind its ELF header.
    static TlsImage of(const Elf64_Ehdr& header);

    // Bytes for the block and `after` bytes from the thread pointer on, when the memory is aligned to block_alignment().
    std::size_t footprint(std::size_t after) const;
    std::size_t block_alignment() const;

    // Fills zeroed memory with a block; returns the thread pointer inside it.
    void* place(void* memory) const;

private:
    std::size_t thread_pointer_offset() const;
};

}
