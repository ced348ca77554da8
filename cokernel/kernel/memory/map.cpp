// SPDX-License-Identifier: MIT
// Mappings of the isle's own memory behind api/kernel/memory.h.
#include "own_memory.hpp"

#include <kernel/memory.h>

#include <skellig/address.h>

#include "../../base/errno.h"

#include <algorithm>

using namespace skl;

static_assert(SKL_MAP_FILE == Mappings::of_file && SKL_MAP_NEVER_WRITABLE == Mappings::never_writable);

extern "C" std::int64_t skl_map(const skl_mapping* wanted)
{
    if (wanted->size == 0 || wanted->size > SKL_OWN_END)
        return answer(Error::no_memory);
    Mappings& mappings = own_memory.mappings;
    auto kind = static_cast<Mappings::Mark>(wanted->kind);
    std::uint64_t size = round_up(wanted->size, page_size);
    if (wanted->place == SKL_MAP_OVER)
        return mappings.map_over(wanted->address, size, wanted->rights, kind);
    if (wanted->place != SKL_MAP_ANYWHERE) {
        std::int64_t there = mappings.map_at(wanted->address, size, wanted->rights, kind);
        if (there >= 0 || wanted->place == SKL_MAP_AT)
            return there;
    }
    return mappings.map(size, std::max(wanted->alignment, page_size), wanted->rights, kind);
}

extern "C" int skl_map_end(std::uint64_t address, std::uint64_t size)
{
    return own_memory.mappings.unmap(address, size);
}

extern "C" int skl_map_protect(std::uint64_t address, std::uint64_t size, std::uint32_t rights)
{
    return own_memory.mappings.protect(address, size, rights);
}

extern "C" int skl_map_forget(std::uint64_t address, std::uint64_t size)
{
    return own_memory.mappings.forget(address, size);
}

extern "C" int skl_map_present(std::uint64_t address, std::uint64_t size)
{
    return own_memory.mappings.present(address, size);
}

extern "C" int skl_map_rights(std::uint64_t address, std::uint64_t size, std::uint32_t* kind)
{
    Mappings::Mark mark = 0;
    int rights = own_memory.mappings.rights_of(address, size, mark);
    *kind = mark;
    return rights;
}
