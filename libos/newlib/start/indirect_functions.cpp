// SPDX-License-Identifier: MIT
// Functions that are chosen by the processor when the program starts (gcc's target_clones and ifunc): the linker lists them, and somebody
// has to ask. [psABI x86-64] R_X86_64_IRELATIVE
#include "start/program.hpp"

#include <elf.h>

extern "C" {
// hermit.ld. Empty in programs without such functions.
extern const Elf64_Rela __rela_iplt_start[] __attribute__((weak, visibility("hidden")));
extern const Elf64_Rela __rela_iplt_end[] __attribute__((weak, visibility("hidden")));
}

void libos::choose_indirect_functions()
{
    for (const Elf64_Rela* entry = __rela_iplt_start; entry < __rela_iplt_end; entry++)
        if (ELF64_R_TYPE(entry->r_info) == R_X86_64_IRELATIVE)
            *reinterpret_cast<uint64_t*>(entry->r_offset) = reinterpret_cast<uint64_t (*)()>(entry->r_addend)();
}
