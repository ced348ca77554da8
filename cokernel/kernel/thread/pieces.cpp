// SPDX-License-Identifier: MIT
// Pieces of the size that was asked for last are kept: making a guard costs monitor calls, and giving memory back means wiping it.
#include "pieces.hpp"

#include "machine.hpp"
#include "memory/memory.hpp"
#include "memory/page_ranges.hpp"
#include "memory/segments.hpp"
#include "sync/spinlock.hpp"

#include <kernel/memory.h>

#include <skellig/call.h>

namespace skl {
namespace {

struct Kept {
    static constexpr unsigned most = 64;
    Spinlock lock;
    unsigned count = 0;                 // guarded by lock
    std::uint64_t size = 0, guard = 0;
    std::uint64_t base[most]{};
};
constinit Kept kept;

bool take_kept(Piece& piece)
{
    Guard guard(kept.lock);
    if (kept.count == 0 || kept.size != piece.size || kept.guard != piece.guard)
        return false;
    piece.base = kept.base[--kept.count];
    return true;
}

bool keep(const Piece& piece)
{
    Guard guard(kept.lock);
    if (kept.count == 0) {
        kept.size = piece.size;
        kept.guard = piece.guard;
    }
    if (kept.count == Kept::most || kept.size != piece.size || kept.guard != piece.guard)
        return false;
    kept.base[kept.count++] = piece.base;
    return true;
}

// The image says whether code may stand on stacks, as gcc's nested functions and Fortran's internal procedures want it when their address is
// taken. [gcc/12] "Nested Functions"
std::uint32_t stack_rights()
{
    for (const Elf64_Phdr& segment : segments_of(machine::image()))
        if (segment.p_type == PT_GNU_STACK && (segment.p_flags & PF_X))
            return usual_rights | SKL_RIGHT_EXECUTE;
    return usual_rights;
}

void give_back(const Piece& piece)
{
    std::uint64_t changed = stack_rights() == usual_rights ? piece.guard : piece.size;
    if (changed)
        skl_map_protect(piece.base, changed, usual_rights);
    skl_pages_release(piece.base, piece.size);
}

// Memory that is kept for threads is worth less than memory that is needed now.
bool drop_one_kept()
{
    Piece piece;
    {
        Guard guard(kept.lock);
        if (kept.count == 0)
            return false;
        piece = {kept.base[--kept.count], kept.size, kept.guard};
    }
    give_back(piece);
    return true;
}

}

bool protect_piece(const Piece& piece)
{
    std::uint32_t rights = stack_rights();
    bool guarded = piece.guard == 0 || skl_map_protect(piece.base, piece.guard, 0) == 0;
    return guarded && (rights == usual_rights || skl_map_protect(piece.base + piece.guard, piece.size - piece.guard, rights) == 0);
}

bool take_piece(Piece& piece)
{
    if (take_kept(piece))
        return true;
    int zero;
    do {
        piece.base = skl_pages_allocate_any(piece.size, page_size, &zero);
    } while (piece.base == SKL_NO_ADDRESS && drop_one_kept());
    if (piece.base == SKL_NO_ADDRESS)
        return false;
    if (protect_piece(piece))
        return true;
    give_back(piece);
    return false;
}

void give_back_piece(const Piece& piece)
{
    if (!keep(piece))
        give_back(piece);
}

}
