// SPDX-License-Identifier: MIT
// Where unwinders find the image's table of frames: glibc's two interfaces for it, of which libgcc takes the first that it was built
// with. [glibc] "Dynamic Linker Introspection", <link.h>
#include <elf.h>
#include <stddef.h>
#include <stdint.h>

extern "C" const Elf64_Ehdr __ehdr_start;
extern "C" char _end[];

namespace {

const Elf64_Phdr* segments()
{
    return reinterpret_cast<const Elf64_Phdr*>(reinterpret_cast<const char*>(&__ehdr_start) + __ehdr_start.e_phoff);
}

const Elf64_Phdr* segment_of_type(uint32_t type)
{
    for (int i = 0; i < __ehdr_start.e_phnum; i++)
        if (segments()[i].p_type == type)
            return &segments()[i];
    return nullptr;
}

}

struct dl_find_object {
    unsigned long long flags;
    void *map_start, *map_end;
    void* link_map;
    void* eh_frame; // the header of the table, PT_GNU_EH_FRAME
    unsigned long long reserved[7];
};

struct dl_phdr_info {
    uint64_t address;
    const char* name;
    const Elf64_Phdr* segments;
    uint16_t count;
};

extern "C" {

int _dl_find_object(void* address, dl_find_object* found)
{
    const Elf64_Phdr* table = segment_of_type(PT_GNU_EH_FRAME);
    auto* begin = const_cast<Elf64_Ehdr*>(&__ehdr_start);
    if (!table || address < static_cast<void*>(begin) || address >= static_cast<void*>(_end))
        return -1;
    *found = {0, begin, _end, nullptr, reinterpret_cast<void*>(table->p_vaddr), {}};
    return 0;
}

// The image is the only object.
int dl_iterate_phdr(int (*visit)(dl_phdr_info*, size_t, void*), void* argument)
{
    dl_phdr_info image{0, "", segments(), __ehdr_start.e_phnum};
    return visit(&image, sizeof image, argument);
}

}
