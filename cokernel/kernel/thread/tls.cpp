// SPDX-License-Identifier: MIT
// Reading PT_TLS and laying out a block.
#include "tls.hpp"

#include "memory/segments.hpp"

#include <algorithm>
#include <cstring>

namespace skl {
namespace {

constexpr std::size_t minimum_alignment = 64; // the thread structure wants its own cache line

std::size_t round_up(std::size_t value, std::size_t alignment)
{
    return (value + alignment - 1) & ~(alignment - 1);
}

}

TlsImage TlsImage::of(const Elf64_Ehdr& header)
{
    for (const Elf64_Phdr& segment : segments_of(header)) {
        if (segment.p_type == PT_TLS)
            return {reinterpret_cast<const void*>(segment.p_vaddr), segment.p_filesz, segment.p_memsz,
                    std::max<std::size_t>(segment.p_align, 1)};
    }
    return {};
}

std::size_t TlsImage::block_alignment() const
{
    return std::max(alignment, minimum_alignment);
}

// The linker counts down from the thread pointer by the size rounded up to the segment's own alignment. [elf/tls] 3.
std::size_t TlsImage::thread_pointer_offset() const
{
    return round_up(round_up(size, alignment), block_alignment());
}

std::size_t TlsImage::footprint(std::size_t after) const
{
    return thread_pointer_offset() + after;
}

void* TlsImage::place(void* memory) const
{
    char* thread_pointer = static_cast<char*>(memory) + thread_pointer_offset();
    if (file_size > 0)
        std::memcpy(thread_pointer - round_up(size, alignment), begin, file_size);
    return thread_pointer;
}

}
