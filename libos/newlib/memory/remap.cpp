// SPDX-License-Identifier: MIT
// mremap(): an address keeps its memory for as long as the isle lives, so what moves is copied.
#include "memory/shared_files.hpp"

#include "call.hpp"

#include <kernel/memory.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>

using namespace libos;

namespace {

struct Move {
    Range from;
    uint64_t size; // afterwards
    int flags;
    uint64_t to;    // with MREMAP_FIXED
    uint32_t rights, kind; // of what is there

    bool overlaps() const { return to < from.address + from.size && from.address < to + size; }
};

int wrong_with(const Move& move)
{
    bool fixed = move.flags & MREMAP_FIXED, stays = move.flags & MREMAP_DONTUNMAP, moves = move.flags & MREMAP_MAYMOVE;
    if (move.flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP) || ((fixed || stays) && !moves))
        return EINVAL;
    if (!move.from.aligned() || move.from.size == 0 || move.size == 0 || move.from.wraps())
        return EINVAL;
    if (stays && move.size != move.from.size)
        return EINVAL;
    return fixed && (move.to % page_size || move.overlaps()) ? EINVAL : 0;
}

skl_mapping wanted(const Move& move, uint64_t address, uint64_t size, skl_map_place place)
{
    skl_mapping mapping{};
    mapping.address = address;
    mapping.size = size;
    mapping.alignment = page_size;
    mapping.place = place;
    mapping.rights = PROT_READ | PROT_WRITE;
    mapping.kind = move.kind;
    return mapping;
}

// What comes behind a file mapping is in the file, which nobody has kept open.
bool grow_in_place(const Move& move)
{
    uint64_t end = move.from.address + move.from.size, more = move.size - move.from.size;
    skl_mapping mapping = wanted(move, end, more, SKL_MAP_AT);
    if (skl_map(&mapping) < 0)
        return false;
    if (skl_map_protect(end, more, move.rights) == 0)
        return true;
    skl_map_end(end, more);
    return false;
}

int64_t copy_elsewhere(const Move& move)
{
    bool fixed = move.flags & MREMAP_FIXED;
    skl_mapping mapping = wanted(move, move.to, move.size, fixed ? SKL_MAP_OVER : SKL_MAP_ANYWHERE);
    auto map = [&] { return skl_map(&mapping); };
    int64_t address = fixed ? map_over_shared_files(Range(reinterpret_cast<void*>(move.to), move.size), map) : map();
    if (address < 0)
        return address;
    auto to = static_cast<uint64_t>(address);
    int error = move.rights & PROT_READ ? 0 : skl_map_protect(move.from.address, move.from.size, PROT_READ);
    if (!error) {
        memcpy(reinterpret_cast<void*>(to), reinterpret_cast<void*>(move.from.address), move.size < move.from.size ? move.size : move.from.size);
        error = skl_map_protect(to, move.size, move.rights);
    }
    if (error) {
        skl_map_end(to, move.size);
        return error;
    }
    if (move.flags & MREMAP_DONTUNMAP)
        skl_map_forget(move.from.address, move.from.size);
    else
        skl_map_end(move.from.address, move.from.size);
    return address;
}

bool is_shared(const Range& range)
{
    if (!shared_files_mapped())
        return false;
    SharedFilesLock lock;
    return any_shared_file(range);
}

int64_t carry_out(const Move& move)
{
    bool must_move = move.flags & (MREMAP_FIXED | MREMAP_DONTUNMAP);
    if (!must_move && move.size <= move.from.size) {
        if (move.size < move.from.size)
            munmap(reinterpret_cast<void*>(move.from.address + move.size), move.from.size - move.size);
        return static_cast<int64_t>(move.from.address);
    }
    if ((move.size > move.from.size && (move.kind & SKL_MAP_FILE)) || is_shared(move.from))
        return -ENOMEM;
    if (!must_move && grow_in_place(move))
        return static_cast<int64_t>(move.from.address);
    return move.flags & MREMAP_MAYMOVE ? copy_elsewhere(move) : -ENOMEM;
}

}

extern "C" void* mremap(void* at, size_t old_size, size_t new_size, int flags, ...)
{
    Move move{Range(at, old_size), pages_of(new_size), flags, 0, 0, 0};
    if (flags & MREMAP_FIXED) {
        va_list arguments;
        va_start(arguments, flags);
        move.to = reinterpret_cast<uint64_t>(va_arg(arguments, void*));
        va_end(arguments);
    }
    int64_t result = -wrong_with(move);
    if (result == 0) {
        int rights = skl_map_rights(move.from.address, move.from.size, &move.kind);
        move.rights = static_cast<uint32_t>(rights);
        result = rights < 0 ? rights : carry_out(move);
    }
    return reinterpret_cast<void*>(answer(result)); // MAP_FAILED is -1
}
