// SPDX-License-Identifier: MIT
// A small valid program file in memory, to be spoilt by tests.
#pragma once

#include <skellig/note.h>

#include <elf.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace skl::test {

class ElfBuilder {
public:
    struct NoteSegment {
        Elf64_Nhdr header{sizeof SKL_NOTE_NAME, sizeof(skl_note), SKL_NOTE_TYPE};
        char name[8] = SKL_NOTE_NAME;
        skl_note note{SKL_ABI_REVISION, 0};
    };

    Elf64_Ehdr header{};
    std::vector<Elf64_Phdr> segments;
    NoteSegment note;

    ElfBuilder()
    {
        std::memcpy(header.e_ident, ELFMAG, SELFMAG);
        header.e_ident[EI_CLASS] = ELFCLASS64;
        header.e_ident[EI_DATA] = ELFDATA2LSB;
        header.e_ident[EI_VERSION] = EV_CURRENT;
        header.e_ident[EI_OSABI] = SKL_ELFOSABI_HERMIT;
        header.e_type = ET_EXEC;
        header.e_machine = EM_X86_64;
        header.e_entry = 0x801010;
        header.e_phoff = sizeof(Elf64_Ehdr);
        header.e_phentsize = sizeof(Elf64_Phdr);
        segments.push_back({PT_NOTE, PF_R, note_offset, 0x8001c8, 0x8001c8, sizeof(NoteSegment), sizeof(NoteSegment), 4});
        segments.push_back({PT_LOAD, PF_R, 0, 0x800000, 0x800000, 0x800, 0x800, 0x1000});
        segments.push_back({PT_LOAD, PF_R | PF_X, 0x1000, 0x801000, 0x801000, 0x800, 0x800, 0x1000});
        segments.push_back({PT_LOAD, PF_R | PF_W, 0x2000, 0x802000, 0x802000, 0x100, 0x3000, 0x1000});
    }

    std::vector<std::byte> bytes() const
    {
        std::vector<std::byte> file(file_size);
        Elf64_Ehdr copy = header;
        if (copy.e_phnum == 0)
            copy.e_phnum = static_cast<Elf64_Half>(segments.size());
        put(file, 0, &copy, sizeof copy);
        put(file, sizeof copy, segments.data(), segments.size() * sizeof(Elf64_Phdr));
        put(file, note_offset, &note, sizeof note);
        return file;
    }

private:
    static constexpr std::size_t note_offset = 0x600;
    static constexpr std::size_t file_size = 0x3000;

    static void put(std::vector<std::byte>& file, std::size_t at, const void* data, std::size_t size)
    {
        std::memcpy(file.data() + at, data, size);
    }
};

}
