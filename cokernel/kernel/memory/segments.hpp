// SPDX-License-Identifier: MIT
// The segments of an image, as its program headers have them. [elf] "Program Header"
#pragma once

#include <elf.h>
#include <span>

namespace skl {

inline std::span<const Elf64_Phdr> segments_of(const Elf64_Ehdr& header)
{
    return {reinterpret_cast<const Elf64_Phdr*>(reinterpret_cast<const char*>(&header) + header.e_phoff), header.e_phnum};
}

}
